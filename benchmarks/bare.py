"""The yardstick: a bare DRF view that does one indexed SELECT and one INSERT."""

from django.utils import timezone
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.request import Request
from rest_framework.response import Response

from core.models import AuditEntry
from events.models import Event


@api_view(["GET", "POST"])
@authentication_classes([])
@permission_classes([])
def bare(request: Request, pk: int) -> Response:
    """Read one event by its key and write one row."""
    slug = Event.objects.values_list("slug", flat=True).get(pk=pk)
    row = AuditEntry.objects.create(
        at=timezone.now(), actor_label="bench", action="bench", subject_type="event", subject_id=pk
    )
    return Response({"slug": slug, "row": row.pk})
