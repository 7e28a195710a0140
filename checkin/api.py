"""The door over the API. It tells the name, organisation and state of the event's guests, and nothing else of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from checkin import schema, selectors, services
from checkin.readings import Reading, Verdict, parse
from core.problems import Conflict, Pages, pages_of
from delegations.api import HasScope
from delegations.enums import Permission, Scope
from events.selectors import events_for

MOST_AT_ONCE = 500


@extend_schema(responses=pages_of(schema.CheckpointSerializer), operation_id="checkpoints_list")
@api_view(["GET"])
@permission_classes([HasScope])
def event_checkpoints(request: Request, pk: int) -> Response:
    """List an event's checkpoints; a published event has its door at least."""
    event = events_for(request.user, Permission.CHECK_IN).get(pk=pk)
    pages = Pages()
    page = pages.paginate_queryset(selectors.checkpoints_for(request.user).filter(event=event), request)
    return pages.get_paginated_response(schema.CheckpointSerializer(page, many=True).data)


@extend_schema(responses=schema.CheckpointStateSerializer)
@api_view(["GET"])
@permission_classes([HasScope])
def checkpoint_detail(request: Request, pk: int) -> Response:
    """One checkpoint, with the live count of its event."""
    checkpoint = selectors.checkpoint_for(request.user, pk)
    tally = selectors.tally(checkpoint.event)
    data = dict(schema.CheckpointSerializer(checkpoint).data)
    return Response({**data, "present": tally.present, "expected": tally.expected})


@extend_schema(methods=["GET"], responses=schema.LatestScansSerializer, operation_id="scans_latest")
@extend_schema(
    methods=["POST"], request=schema.BatchSerializer, responses=schema.VerdictsSerializer, operation_id="scans_record"
)
@api_view(["GET", "POST"])
@permission_classes([HasScope])
def checkpoint_scans(request: Request, pk: int) -> Response:
    """Record up to 500 scans, each with an answer of its own (POST); or read the latest ones (GET).

    The device makes each scan's UUID: sending a scan again changes nothing and is answered as the first time. An item that
    can't be read gets the outcome ``invalid`` with a ``detail`` and is not kept; the others of its batch are not held up.
    """
    checkpoint = selectors.lean_checkpoint_for(request.user, pk)
    if request.method == "GET":
        return Response({"results": [_latest(scan) for scan in selectors.latest_scans(checkpoint)]})
    items = [parse(item) for item in _items(request.data)]
    readings = [item for item in items if isinstance(item, Reading)]
    told = iter(services.record_scans(checkpoint=checkpoint, readings=readings, by=request.user, at=timezone.now()))
    return Response({"results": [_answer(next(told) if isinstance(item, Reading) else item) for item in items]})


checkpoint_scans.cls.scope = Scope.SCAN  # type: ignore[attr-defined]


def _items(data: Any) -> Iterable[Any]:
    items = data.get("scans") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise ValidationError({"scans": [_("Send an object with a list “scans”.")]})
    if len(items) > MOST_AT_ONCE:
        raise ValidationError({"scans": [_("Send %(most)d scans at most in one call.") % {"most": MOST_AT_ONCE}]})
    return items


def _answer(verdict: Verdict) -> dict[str, Any]:
    answer: dict[str, Any] = {"id": str(verdict.id) if verdict.id else None, "outcome": verdict.outcome}
    if verdict.guest is not None:
        answer |= {"registration": verdict.guest.pk, "guest": _guest(verdict.guest)}
    if verdict.first_seen_at is not None:
        answer["first_seen_at"] = verdict.first_seen_at
    if verdict.detail:
        answer["detail"] = verdict.detail
    return answer


def _guest(person: Any) -> dict[str, str]:
    return {name: getattr(person, name) for name in ("given_name", "family_name", "organisation", "status")}


def _latest(scan: Any) -> dict[str, Any]:
    answer = _answer(services.told(scan))
    return {**answer, "scanned_at": scan.scanned_at, "undone": hasattr(scan, "undone_by")}


@extend_schema(request=None, responses=schema.UndoneSerializer)
@api_view(["POST"])
@permission_classes([HasScope])
def scan_undo(request: Request, pk: int, scan: UUID) -> Response:
    """Take a scan back. It stays on record with a further one that undoes it; a second time changes nothing."""
    checkpoint = selectors.checkpoint_for(request.user, pk)
    try:
        undone = services.undo_scan(scan_id=scan, checkpoint=checkpoint, by=request.user, at=timezone.now())
    except services.NotUndoable as error:
        raise Conflict(error.message) from error
    return Response({"id": undone.scan.pk, "outcome": undone.scan.outcome, "undoes": scan, "inside": undone.inside})


scan_undo.cls.scope = Scope.SCAN  # type: ignore[attr-defined]


@extend_schema(
    parameters=[OpenApiParameter("q", str, description="Two letters or more of a name or an organisation.")],
    responses=schema.FoundListSerializer,
)
@api_view(["GET"])
@permission_classes([HasScope])
def checkpoint_guests(request: Request, pk: int) -> Response:
    """Find guests of the checkpoint's event by name or organisation; 20 at most, the likeliest first."""
    checkpoint = selectors.checkpoint_for(request.user, pk)
    found = selectors.find_guests(request.user, checkpoint, request.query_params.get("q", "")[:200])
    return Response({"results": [_found(guest) for guest in found]})


def _found(guest: selectors.Found) -> dict[str, Any]:
    presence = {"inside": guest.inside, "first_seen_at": guest.first_seen_at}
    return {"registration": guest.registration, "guest": _guest(guest), **presence}
