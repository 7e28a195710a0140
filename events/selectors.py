"""The questions about events, and the only door to an event for a person."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q

from delegations.enums import CO_HOST_GRANTS, Permission, roles_with
from delegations.models import Member
from events.enums import Entry, Status, Visibility
from events.models import CoHost, Event, EventQuerySet, Pool

_OPENED_TO_CO_HOSTS = {
    Permission.VIEW_EVENTS: Q(),
    Permission.VIEW_GUESTS: Q(sees_guests=True),
    Permission.CHECK_IN: Q(opens_door=True),
}


def _with_page_data(events: EventQuerySet) -> EventQuerySet:
    hosts = Prefetch("co_hosts", queryset=CoHost.objects.select_related("delegation"))
    return events.select_related("delegation", "venue", "room").prefetch_related("pools", "themes", hosts)


def public_list() -> EventQuerySet:
    """What the public list may show, with all that a card needs; narrow it by ``upcoming(at)`` or ``past(at)``."""
    return _with_page_data(Event.objects.listed())


def public_event(slug: str) -> Event:
    """The event whose page anybody may open by its address. Raises Event.DoesNotExist for drafts and unknown addresses."""
    return _with_page_data(Event.objects.filter(published_at__isnull=False).exclude(status=Status.DRAFT)).get(slug=slug)


def events_for(user: Any, permission: Permission) -> EventQuerySet:
    """The events on which ``user`` holds ``permission``: by role in the lead host, or by what it opened to a co-host.

    This is the one rule of who may see or do what on an event; every lookup for a person goes through it.
    """
    seats = Member.objects.filter(user=user, role__in=roles_with(permission)).values("delegation")
    reach = Q(delegation__in=seats)
    if permission in CO_HOST_GRANTS:
        shared = CoHost.objects.filter(_OPENED_TO_CO_HOSTS[permission], delegation__in=seats)
        reach |= Q(pk__in=shared.values("event")) & ~Q(status=Status.DRAFT)
    return Event.objects.filter(reach)


def event_for(user: Any, pk: int, permission: Permission) -> Event:
    """The event ``pk`` with its pools, venue and hosts, for a user who holds ``permission``; else Event.DoesNotExist."""
    return _with_page_data(events_for(user, permission)).get(pk=pk)


def pools_of(event: Event) -> dict[str, Pool]:
    """The pools of the event by mode."""
    return {pool.mode: pool for pool in event.pools.all()}


def is_full(event: Event) -> bool:
    """Whether no mode of the event has a place left."""
    pools = pools_of(event)
    return all(pools[mode].is_full for mode in event.modes if mode in pools)


def entry(event: Event, at: datetime) -> Entry:
    """What a person finds who wants to come at ``at``. Asks no more than the event's pools."""
    fixed = _entry_by_status(event, at)
    if fixed is not None:
        return fixed
    if event.registration_opens_at and at < event.registration_opens_at:
        return Entry.NOT_YET
    if at >= event.closes_at:
        return Entry.OVER_DATE
    if not is_full(event):
        return Entry.OPEN
    return Entry.WAITING if event.waiting_list else Entry.FULL


def _entry_by_status(event: Event, at: datetime) -> Entry | None:
    if event.status == Status.CANCELLED:
        return Entry.CANCELLED
    if event.status == Status.CLOSED or at >= event.ends_at:
        return Entry.OVER
    if event.visibility == Visibility.INVITATION:
        return Entry.INVITATION
    return None
