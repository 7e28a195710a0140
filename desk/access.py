"""What a signed-in person may do on the page at hand."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest

from core.jobs import job_for
from core.models import Job
from delegations.enums import Permission
from delegations.models import Delegation
from delegations.selectors import current_seat, grants
from events.models import Event
from events.selectors import event_for, events_for
from registrations.models import Registration
from registrations.selectors import registration_for


@dataclass(frozen=True, slots=True)
class Can:
    """The person's permissions on one event, for pages that show only what will work."""

    manage: bool
    see_guests: bool
    manage_guests: bool
    check_in: bool


def seated(request: HttpRequest, permission: Permission) -> Delegation:
    """The delegation that the person works for, if their seat there holds ``permission``; else a 404."""
    seat = current_seat(request)
    if seat is None or permission not in grants(seat):
        raise Http404
    return seat.delegation


def the_event(request: HttpRequest, pk: int, permission: Permission) -> Event:
    """The event ``pk``, or a 404 for whoever may not do this with it."""
    try:
        return event_for(request.user, pk, permission)
    except Event.DoesNotExist as error:
        raise Http404 from error


def the_guest(request: HttpRequest, pk: int, permission: Permission) -> Registration:
    """The registration ``pk``, or a 404 for whoever may not do this with it."""
    try:
        return registration_for(request.user, pk, permission)
    except Registration.DoesNotExist as error:
        raise Http404 from error


def the_job(request: HttpRequest, pk: uuid.UUID) -> Job:
    """The person's own job ``pk``, or a 404."""
    try:
        return job_for(request.user, pk)
    except Job.DoesNotExist as error:
        raise Http404 from error


def can(user: Any, event: Event) -> Can:
    """What ``user`` may do with ``event``, asked in one query."""
    asked = {
        "manage": Permission.MANAGE_EVENTS,
        "see_guests": Permission.VIEW_GUESTS,
        "manage_guests": Permission.MANAGE_GUESTS,
        "check_in": Permission.CHECK_IN,
    }
    rules = {name: Exists(events_for(user, permission).filter(pk=OuterRef("pk"))) for name, permission in asked.items()}
    found = Event.objects.filter(pk=event.pk).annotate(**{f"may_{name}": rule for name, rule in rules.items()})
    row = found.values(*(f"may_{name}" for name in rules)).get()
    return Can(**{name: row[f"may_{name}"] for name in rules})
