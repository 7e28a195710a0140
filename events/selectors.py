"""The questions about events, and the only door to an event for a person."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q

from delegations.enums import CO_HOST_GRANTS, Permission, roles_with
from delegations.models import Delegation, Member, Theme
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


def published_events() -> EventQuerySet:
    """The events that have a page which anybody may open by its address: all but drafts."""
    return Event.objects.filter(published_at__isnull=False).exclude(status=Status.DRAFT)


def public_event(slug: str) -> Event:
    """The event whose page anybody may open by its address. Raises Event.DoesNotExist for drafts and unknown addresses."""
    return _with_page_data(published_events()).get(slug=slug)


def narrowed(events: EventQuerySet, *, theme: str = "", delegation: str = "") -> EventQuerySet:
    """Those of ``events`` with the theme and of the lead or co-host named by slug; an empty name narrows nothing."""
    if theme:
        events = events.filter(pk__in=Event.objects.filter(themes__slug=theme).values("pk"))
    if delegation:
        host = Delegation.objects.filter(slug=delegation).values("pk")
        shared = CoHost.objects.filter(delegation__in=host).values("event")
        events = events.filter(Q(delegation__in=host) | Q(pk__in=shared))
    return events


def public_filters(events: EventQuerySet) -> tuple[list[Theme], list[Delegation]]:
    """The themes and the lead hosts that occur in ``events``, each once; two queries."""
    shown = events.order_by().values("pk")
    themes = Theme.objects.filter(events__in=shown).order_by("position", "slug").distinct()
    once: dict[str, Theme] = {}
    for theme in themes:
        # Two delegations may use one word; the list shows it once and finds the events of both.
        once.setdefault(theme.slug, theme)
    return list(once.values()), list(Delegation.objects.filter(events__in=shown).order_by("slug").distinct())


def feed_events(at: datetime) -> EventQuerySet:
    """The listed events from half a year before ``at`` on, in order of time, with what a calendar shows of them."""
    events = Event.objects.listed().filter(ends_at__gt=at - timedelta(days=183)).order_by("starts_at", "pk")
    return events.select_related("delegation", "venue", "room")


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
