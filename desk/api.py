"""Events over the API, for members of their delegations and their programs."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import api_view, permission_classes
from rest_framework.request import Request
from rest_framework.response import Response

from core.audit import Actor
from core.problems import Conflict, Pages, pages_of
from delegations.api import HasScope
from delegations.enums import Permission
from delegations.models import Delegation
from desk import services
from desk.selectors.events import usual_venue
from desk.serializers import EventSerializer
from events.enums import Format
from events.models import Event
from events.selectors import event_for, events_for
from events.services import EventError
from registrations.services import RegistrationError


@extend_schema(methods=["GET"], responses=pages_of(EventSerializer), operation_id="events_list")
@extend_schema(
    methods=["POST"], request=EventSerializer, responses={201: EventSerializer}, operation_id="events_create"
)
@api_view(["GET", "POST"])
@permission_classes([HasScope])
def events(request: Request) -> Response:
    """List the events that you may see, latest first, or draft one."""
    if request.method == "POST":
        return _draft(request)
    found = (
        events_for(request.user, Permission.VIEW_EVENTS)
        .select_related("delegation")
        .prefetch_related("pools", "themes")
    )
    pages = Pages()
    page: Any = pages.paginate_queryset(found.order_by("-starts_at", "-pk"), request)
    return pages.get_paginated_response(EventSerializer(page, many=True).data)


def _draft(request: Request) -> Response:
    serializer = EventSerializer(data=request.data, context={"request": request})
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = dict(serializer.validated_data)
    lead: Delegation = data.pop("delegation")
    data = {**_defaults(data, lead), **data}
    places, themes = data.pop("places", {}), data.pop("themes", [])
    made = services.create_event(
        delegation=lead, by=Actor.of(request.user), at=timezone.now(), places=places, themes=themes, **data
    )
    return _answer(request, made, status.HTTP_201_CREATED)


def _defaults(data: dict[str, Any], lead: Delegation) -> dict[str, Any]:
    """What the form suggests too: the languages of the title, the office's time zone, its usual building."""
    defaults: dict[str, Any] = {"languages": list(data["title"]), "timezone": lead.time_zone}
    if data.get("format", Format.IN_PERSON) != Format.ONLINE:
        defaults["venue"] = usual_venue(lead)
    return defaults


@extend_schema(methods=["GET"], responses=EventSerializer, operation_id="events_retrieve")
@extend_schema(
    methods=["PATCH"], request=EventSerializer(partial=True), responses=EventSerializer, operation_id="events_change"
)
@api_view(["GET", "PATCH"])
@permission_classes([HasScope])
def event(request: Request, pk: int) -> Response:
    """One event, to read or to change. A new time or place of a published event is told to its guests."""
    if request.method == "GET":
        return Response(EventSerializer(event_for(request.user, pk, Permission.VIEW_EVENTS)).data)
    found = event_for(request.user, pk, Permission.MANAGE_EVENTS)
    serializer = EventSerializer(found, data=request.data, partial=True, context={"request": request})
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = dict(serializer.validated_data)
    data.pop("delegation")
    try:
        services.change_event(event=found, by=Actor.of(request.user), at=timezone.now(), **data)
    except (EventError, RegistrationError) as error:
        raise Conflict(error.message) from error
    return _answer(request, found)


@extend_schema(request=None, responses=EventSerializer, operation_id="events_publish")
@api_view(["POST"])
@permission_classes([HasScope])
def publish(request: Request, pk: int) -> Response:
    """Open a draft to its guests; 409 names what is missing."""
    found = event_for(request.user, pk, Permission.MANAGE_EVENTS)
    try:
        services.publish_event(event=found, by=Actor.of(request.user), at=timezone.now())
    except EventError as error:
        raise Conflict(error.message) from error
    return _answer(request, found)


@extend_schema(request=None, responses=EventSerializer, operation_id="events_close")
@api_view(["POST"])
@permission_classes([HasScope])
def close(request: Request, pk: int) -> Response:
    """Close the books of an event that is over: its counts freeze into a statement."""
    found = event_for(request.user, pk, Permission.MANAGE_EVENTS)
    try:
        services.close_event(event=found, by=Actor.of(request.user), at=timezone.now())
    except EventError as error:
        raise Conflict(error.message) from error
    return _answer(request, found)


def _answer(request: Request, event: Event, code: int = status.HTTP_200_OK) -> Response:
    """The event as it stands now, read anew."""
    return Response(EventSerializer(event_for(request.user, event.pk, Permission.VIEW_EVENTS)).data, status=code)
