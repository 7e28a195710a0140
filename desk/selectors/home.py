"""What the office finds on its desk in the morning: the next event, and what needs attention first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkin.models import Attendance
from desk.selectors.events import with_numbers
from events.enums import Status
from events.models import Event, EventQuerySet, Pool
from registrations.enums import LetterState, State
from registrations.models import Letter, Registration

SOON = timedelta(weeks=4)
_RECENT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to look after: a sentence that holds the count, and the one button that leads to it."""

    kind: str
    count: int
    sentence: str
    event: Event
    url: str
    action: str


def next_event(events: EventQuerySet, at: datetime) -> Event | None:
    """The published event that is on or comes next, with its numbers; without one, the next draft."""
    coming = with_numbers(events.upcoming(at))
    published = coming.filter(status=Status.PUBLISHED).first()
    return published or coming.filter(status=Status.DRAFT).first()


def present_count(event: Event) -> int:
    """How many distinct guests were seen at the event."""
    rows = Attendance.objects.filter(registration__event=event)
    return rows.values("registration").distinct().count()


def concerns(events: EventQuerySet, at: datetime) -> list[Concern]:
    """What needs attention among ``events``, which the person manages; most urgent first, in five queries."""
    lists = (
        _awaiting(events, at),
        _undelivered(events, at),
        _unclosed(events, at),
        _queues(events, at),
        _drafts(events, at),
    )
    return [concern for found in lists for concern in found]


def _live(events: EventQuerySet, at: datetime) -> QuerySet[Any]:
    return events.filter(status=Status.PUBLISHED, ends_at__gt=at).order_by("starts_at", "pk")


def _awaiting(events: EventQuerySet, at: datetime) -> Iterable[Concern]:
    rows: QuerySet[Any] = _live(events, at).annotate(
        number=Count("registrations", filter=Q(registrations__status=State.PENDING))
    )
    for event in rows.filter(number__gt=0):
        text = ngettext("%(count)s person awaits your approval.", "%(count)s people await your approval.", event.number)
        yield _concern("pending", event, event.number, text, _guests(event, tab="pending"), _("Approve"))


def _undelivered(events: EventQuerySet, at: datetime) -> Iterable[Concern]:
    latest = (
        Letter.objects.filter(registration=OuterRef("pk"))
        .exclude(state=LetterState.DROPPED)
        .order_by("-created_at", "-pk")
    )
    stuck = (
        Registration.objects.live()
        .filter(event=OuterRef("pk"))
        .annotate(last_letter=Subquery(latest.values("state")[:1]))
        .filter(last_letter=LetterState.FAILED)
        .order_by()
        .values("event")
        .annotate(number=Count("pk"))
        .values("number")
    )
    recent: QuerySet[Any] = events.filter(status=Status.PUBLISHED, ends_at__gt=at - _RECENT).order_by("starts_at", "pk")
    for event in recent.annotate(number=Subquery(stuck)).filter(number__gt=0):
        text = ngettext("A letter could not be delivered.", "%(count)s guests did not get their letter.", event.number)
        yield _concern("letters", event, event.number, text, _guests(event, letters="on"), _("See who"))


def _unclosed(events: EventQuerySet, at: datetime) -> Iterable[Concern]:
    for event in events.filter(status=Status.PUBLISHED, ends_at__lte=at).order_by("ends_at", "pk"):
        text = _("The event is over: close it, and its numbers enter the totals.")
        yield _concern("close", event, 1, text, reverse("desk:event_close", args=[event.pk]), _("Close the books"))


def _queues(events: EventQuerySet, at: datetime) -> Iterable[Concern]:
    free = Q(size__isnull=True) | Q(taken__lt=F("size"))
    waiting = Registration.objects.waiting().filter(event=OuterRef("event"), mode=OuterRef("mode"))
    pools = Pool.objects.filter(free, Exists(waiting), event=OuterRef("pk"))
    counted = Count("registrations", filter=Q(registrations__status=State.WAITLISTED))
    for event in _live(events, at).filter(Exists(pools)).annotate(number=counted):
        text = ngettext(
            "%(count)s person waits although places are free.",
            "%(count)s people wait although places are free.",
            event.number,
        )
        yield _concern("waiting", event, event.number, text, _guests(event, tab="waiting"), _("See the waiting list"))


def _drafts(events: EventQuerySet, at: datetime) -> Iterable[Concern]:
    for event in events.filter(status=Status.DRAFT, starts_at__lte=at + SOON).order_by("starts_at", "pk"):
        days = (event.local_start.date() - at.astimezone(event.zone).date()).days
        if days < 0:
            text = _("This draft's date has passed.")
        else:
            text = ngettext(
                "Still a draft, and it starts in %(count)s day.",
                "Still a draft, and it starts in %(count)s days.",
                days,
            )
        yield _concern("draft", event, max(days, 0), text, reverse("desk:event", args=[event.pk]), _("Finish it"))


def _concern(kind: str, event: Any, count: int, text: str, url: str, action: str) -> Concern:
    return Concern(kind=kind, count=count, sentence=text % {"count": count}, event=event, url=url, action=action)


def _guests(event: Event, **query: str) -> str:
    return reverse("desk:guests", args=[event.pk], query=query)
