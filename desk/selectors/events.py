"""The questions about events that an office asks at its desk."""

import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from delegations.enums import Permission
from delegations.models import Delegation, Theme
from events.enums import Status
from events.models import CoHost, Event, EventQuerySet, Room, Venue
from events.selectors import events_for
from registrations.enums import LIVE, State
from registrations.models import Registration

FIRST_HOUR, LAST_HOUR = time(18), time(20)
LEAD_TIME = timedelta(weeks=6)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the event form offers to choose from."""

    venues: QuerySet[Venue]
    rooms: QuerySet[Room]
    themes: QuerySet[Theme]


def vocabulary(delegation: Delegation, event: Event | None = None) -> Vocabulary:
    """The delegation's own buildings, those of everybody, and what ``event`` has already; rooms and themes to match."""
    reach = Q(delegation=delegation) | Q(delegation=None)
    if event is not None and event.venue_id:
        reach |= Q(pk=event.venue_id)
    venues = Venue.objects.filter(reach).order_by("name", "pk")
    rooms = Room.objects.filter(venue__in=venues.values("pk")).select_related("venue").order_by("venue__name", "name")
    return Vocabulary(venues=venues, rooms=rooms, themes=Theme.objects.filter(delegation=delegation))


def office_events(user: Any, delegation: Delegation, permission: Permission) -> EventQuerySet:
    """The events of ``delegation``, its own and those that it co-hosts, on which ``user`` holds ``permission``."""
    shared = CoHost.objects.filter(event=OuterRef("pk"), delegation=delegation)
    return events_for(user, permission).filter(Q(delegation=delegation) | Exists(shared))


def with_numbers(events: EventQuerySet) -> EventQuerySet:
    """Each event with ``confirmed``, ``waiting`` and ``pending``, its pools and venue, in a fixed number of queries."""
    return (
        events.select_related("delegation", "venue", "room")
        .prefetch_related("pools")
        .annotate(
            confirmed=Count("registrations", filter=Q(registrations__status=State.CONFIRMED)),
            waiting=Count("registrations", filter=Q(registrations__status=State.WAITLISTED)),
            pending=Count("registrations", filter=Q(registrations__status__in=[State.PENDING, State.UNVERIFIED])),
        )
    )


def listed(events: EventQuerySet, which: str, at: datetime) -> EventQuerySet:
    """The events of one tab of the list: ``upcoming``, ``drafts``, ``past`` or ``cancelled``."""
    alive = events.exclude(status=Status.CANCELLED)
    return {
        "upcoming": alive.filter(status=Status.PUBLISHED).upcoming(at),
        "drafts": alive.filter(status=Status.DRAFT).order_by("starts_at", "pk"),
        "past": alive.exclude(status=Status.DRAFT)
        .filter(Q(ends_at__lte=at) | Q(status=Status.CLOSED))
        .order_by("-starts_at", "-pk"),
        "cancelled": events.filter(status=Status.CANCELLED).order_by("-starts_at", "-pk"),
    }[which]


def list_counts(events: EventQuerySet, at: datetime) -> dict[str, int]:
    """How many events each tab of the list has, in one query."""
    gone = Q(ends_at__lte=at) | Q(status=Status.CLOSED)
    return events.order_by().aggregate(
        upcoming=Count("pk", filter=Q(status=Status.PUBLISHED, ends_at__gt=at)),
        drafts=Count("pk", filter=Q(status=Status.DRAFT)),
        past=Count("pk", filter=gone & Q(status__in=[Status.PUBLISHED, Status.CLOSED])),
        cancelled=Count("pk", filter=Q(status=Status.CANCELLED)),
    )


def free_evening(delegation: Delegation, at: datetime) -> tuple[datetime, datetime]:
    """The first working day from six weeks on with no event of the office, 18:00 to 20:00, as naive wall-clock times."""
    zone = zoneinfo.ZoneInfo(delegation.time_zone)
    first = (at + LEAD_TIME).astimezone(zone).date()
    starts = (
        Event.objects.filter(
            delegation=delegation, starts_at__gte=at, starts_at__lt=at + LEAD_TIME + timedelta(days=60)
        )
        .exclude(status=Status.CANCELLED)
        .values_list("starts_at", flat=True)
    )
    busy = {moment.astimezone(zone).date() for moment in starts}
    day = next(filter(lambda each: _is_free(each, busy), (first + timedelta(days=step) for step in range(50))), first)
    return datetime.combine(day, FIRST_HOUR), datetime.combine(day, LAST_HOUR)


def _is_free(day: date, busy: set[date]) -> bool:
    return day.weekday() < _SATURDAY and day not in busy


def usual_venue(delegation: Delegation) -> Venue | None:
    """The building where the office held its latest event, else its first own one."""
    latest = (
        Event.objects.filter(delegation=delegation, venue__isnull=False)
        .select_related("venue")
        .order_by("-starts_at")
        .first()
    )
    return latest.venue if latest else Venue.objects.filter(delegation=delegation).first()


def letters_to_send(event: Event) -> int:
    """To how many guests a letter about the whole event goes: the live registrations that have an address."""
    return Registration.objects.live().filter(event=event).exclude(email="").count()


def modes_in_use(event: Event) -> dict[str, int]:
    """How many live registrations there are for each mode that has any."""
    rows = (
        Registration.objects.filter(event=event, status__in=LIVE).values_list("mode").annotate(Count("pk")).order_by()
    )
    return dict(rows)
