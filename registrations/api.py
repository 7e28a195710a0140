"""Registrations over the API, for members of the delegation and their programs."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, permission_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.audit import Actor
from core.countries import country_names
from core.parsing import keepable
from core.problems import Conflict, Pages, pages_of
from delegations.api import HasScope
from delegations.enums import Permission
from events.enums import Mode
from events.selectors import events_for
from registrations import selectors, services
from registrations.enums import LetterKind, Part, Source, State
from registrations.models import Registration


class RegistrationWriteSerializer(serializers.Serializer[Registration]):
    """What is written of a registration."""

    given_name = serializers.CharField(max_length=100)
    family_name = serializers.CharField(max_length=100)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=254)
    organisation = serializers.CharField(required=False, allow_blank=True, max_length=200)
    country = serializers.CharField(required=False, allow_blank=True, max_length=2, help_text="ISO 3166 alpha-2.")
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    mode = serializers.ChoiceField(choices=Mode.choices, required=False, help_text="The event's first mode by default.")
    answers = serializers.DictField(required=False)

    def validate_country(self, value: str) -> str:
        """The code in upper case, if it is a country's."""
        if value and value.upper() not in country_names():
            raise ValidationError(_("Use the two letters of ISO 3166, for example BE."))
        return value.upper()

    def validate_answers(self, value: dict[str, Any]) -> dict[str, Any]:
        """Any JSON that can be kept; the texts of the fields above are looked at by the fields themselves."""
        if not keepable(value):
            raise ValidationError(
                _("A text holds characters that can't be kept: the zero character, or half of a surrogate pair.")
            )
        return value


class RegistrationSerializer(RegistrationWriteSerializer):
    """A registration as members see it. ``waiting_position`` starts at 1; times are RFC 3339 with offset."""

    id = serializers.IntegerField()
    event = serializers.IntegerField()
    status = serializers.ChoiceField(choices=State.choices)
    waiting_position = serializers.IntegerField(allow_null=True)
    badge_code = serializers.CharField()
    part = serializers.ChoiceField(choices=Part.choices)
    source = serializers.ChoiceField(choices=Source.choices)  # type: ignore[assignment]
    created_at = serializers.DateTimeField()

    def to_representation(self, instance: Registration) -> dict[str, Any]:
        """By hand: a serializer that copies its fields for each request is half the cost of a registration."""
        plain = {name: getattr(instance, name) for name in _PLAIN}
        positions = self.context.get("positions")
        position = selectors.waiting_position(instance) if positions is None else positions.get(instance.pk)
        return {"id": instance.pk, "event": instance.event_id, "waiting_position": position, **plain}


_PLAIN = [
    "status", "badge_code", "given_name", "family_name", "email", "organisation", "country", "language", "mode", "part",
    "source", "answers", "created_at",
]  # fmt: skip

_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Repeat safely: one key, one registration.",
)


@extend_schema(methods=["GET"], responses=pages_of(RegistrationSerializer), operation_id="registrations_list")
@extend_schema(
    methods=["POST"],
    request=RegistrationWriteSerializer,
    responses={201: RegistrationSerializer},
    parameters=[_KEY],
    operation_id="registrations_create",
)
@api_view(["GET", "POST"])
@permission_classes([HasScope])
def event_registrations(request: Request, pk: int) -> Response:
    """List an event's guests, or register one."""
    if request.method == "POST":
        return _register(request, pk)
    event = events_for(request.user, Permission.VIEW_GUESTS).get(pk=pk)
    pages = Pages()
    page = pages.paginate_queryset(selectors.guest_list(request.user, event).order_by("pk"), request)
    reader = RegistrationSerializer(context={"positions": selectors.waiting_positions(event)})
    return pages.get_paginated_response([reader.to_representation(registration) for registration in page or []])


def _register(request: Request, pk: int) -> Response:
    # The texts of an event are most of its row, and registering reads none of them.
    mine = events_for(request.user, Permission.MANAGE_GUESTS).select_related("delegation")
    event = mine.defer(
        "title", "summary", "description", "cover_alt", "delegation__name", "delegation__controller"
    ).get(pk=pk)
    serializer = RegistrationWriteSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = dict(serializer.validated_data)
    mode, answers = data.pop("mode", event.modes[0]), data.pop("answers", {})
    try:
        registration = services.register(
            event=event,
            person=services.Person(**data),
            mode=mode,
            source=Source.API,
            by=Actor.of(request.user),
            at=timezone.now(),
            idempotency_key=_idempotency_key(request),
            answers=answers,
        )
    except services.RegistrationError as error:
        raise Conflict(error.message) from error
    return Response(RegistrationSerializer(registration).data, status=status.HTTP_201_CREATED)


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key and len(key) > 255:
        raise ValidationError({"Idempotency-Key": [_("Use 255 characters at most.")]})
    return key or None


@extend_schema(responses=RegistrationSerializer)
@api_view(["GET"])
@permission_classes([HasScope])
def registration_detail(request: Request, pk: int) -> Response:
    """One registration."""
    return Response(RegistrationSerializer(selectors.registration_for(request.user, pk)).data)


@extend_schema(request=None, responses=RegistrationSerializer)
@api_view(["POST"])
@permission_classes([HasScope])
def registration_cancel(request: Request, pk: int) -> Response:
    """Cancel a registration; its place goes to the first who waits, and the guest gets a letter."""
    registration = selectors.registration_for(request.user, pk, Permission.MANAGE_GUESTS)
    try:
        services.cancel_registration(
            registration=registration,
            by=Actor.of(request.user),
            at=timezone.now(),
            letter=LetterKind.CANCELLED_BY_ORGANISER,
        )
    except services.RegistrationError as error:
        raise Conflict(error.message) from error
    return Response(RegistrationSerializer(registration).data)
