"""Who may see a guest list, and what stands in it."""

from typing import Any

from django.db.models import Count, Q

from delegations.enums import Permission
from events.models import Event
from events.selectors import events_for
from registrations.enums import State
from registrations.models import Registration, RegistrationQuerySet


def guest_list(user: Any, event: Event) -> RegistrationQuerySet:
    """The registrations of ``event`` for a user who may see its guests: the lead host's organisers, and those of a
    co-host to which the lead host opened the list (``events.selectors.events_for``); nothing for all others.
    """
    allowed = events_for(user, Permission.VIEW_GUESTS).filter(pk=event.pk)
    return Registration.objects.filter(event__in=allowed.values("pk")).select_related("event__delegation")


def registration_for(user: Any, pk: int, permission: Permission = Permission.VIEW_GUESTS) -> Registration:
    """The registration ``pk`` for a user who holds ``permission`` on its event; else Registration.DoesNotExist."""
    allowed = events_for(user, permission).values("pk")
    return Registration.objects.select_related("event__delegation", "event__venue").get(pk=pk, event__in=allowed)


def waiting_position(registration: Registration) -> int | None:
    """The place in the queue, 1 being next; None for somebody who does not wait."""
    if registration.status != State.WAITLISTED:
        return None
    earlier = Q(waiting_since__lt=registration.waiting_since) | Q(
        waiting_since=registration.waiting_since, pk__lt=registration.pk
    )
    line = Registration.objects.waiting().filter(event_id=registration.event_id, mode=registration.mode)
    return line.filter(earlier).count() + 1


def state_counts(event: Event) -> dict[str, int]:
    """How many registrations of the event are in each state; every state has its number."""
    rows = Registration.objects.filter(event=event).values_list("status").annotate(number=Count("pk")).order_by()
    return {state.value: 0 for state in State} | dict(rows)


def waiting_positions(event: Event) -> dict[int, int]:
    """The place in the queue of everybody who waits for the event, by registration id; each mode has its own queue."""
    positions: dict[int, int] = {}
    lengths: dict[str, int] = {}
    for pk, mode in Registration.objects.waiting().filter(event=event).values_list("pk", "mode"):
        positions[pk] = lengths[mode] = lengths.get(mode, 0) + 1
    return positions
