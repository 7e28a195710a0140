"""The verbs of an event by itself. Whole use cases (what publishing does at the door, whom a change is told) are desk's."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import audit
from core.audit import Actor
from core.translated import TranslatedText
from delegations.models import Delegation, Theme
from events.enums import Status
from events.models import Event, Pool, Venue

# A change of one of these reaches calendars: SEQUENCE goes up (RFC 5545, 3.8.7.4).
CALENDAR_FIELDS = frozenset({"title", "starts_at", "ends_at", "timezone", "venue", "room", "online_url", "format"})


class EventError(Exception):
    """Something about an event can't be done; ``message`` tells a person what and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class WrongStatus(EventError):
    """The event's status does not allow it."""


class NotPublishable(EventError):
    """Something is missing; ``problems`` names each thing."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def _snapshot(event: Event) -> dict[str, Any]:
    """The event's own fields, for the audit log."""
    values = model_to_dict(event, exclude=["themes", "co_host_delegations"])
    return {**values, "cover": event.cover.name, "status": event.status, "slug": event.slug}


# Words that stand in an address where a slug would.
_RESERVED = {"past", "new"}


def _free_slug(title: Mapping[str, str], starts_at: datetime) -> str:
    words = slugify(TranslatedText(title).in_language("en"))[:60].strip("-") or "event"
    taken = _RESERVED | set(Event.objects.filter(slug__startswith=words).values_list("slug", flat=True))
    candidates = [words, f"{words}-{starts_at.year}", *(f"{words}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


@transaction.atomic
def create_event(
    *,
    delegation: Delegation,
    by: Actor,
    at: datetime,
    places: Mapping[str, int | None],
    themes: Iterable[Theme] = (),
    **fields: Any,
) -> Event:
    """Make a draft with one pool for each mode of its format. ``places`` maps a mode to its size, null being unlimited."""
    slug = fields.pop("slug", "") or _free_slug(fields["title"], fields["starts_at"])
    event = Event(delegation=delegation, slug=slug, created_at=at, updated_at=at, created_by_id=by.user_id, **fields)
    event.save()
    event.themes.set(themes)
    Pool.objects.bulk_create([Pool(event=event, mode=mode, size=places.get(mode)) for mode in event.modes])
    audit.record(by=by, at=at, action="event.created", subject=event, scope=delegation.slug, after=_snapshot(event))
    return event


@transaction.atomic
def update_event(
    *, event: Event, by: Actor, at: datetime, themes: Iterable[Theme] | None = None, **fields: Any
) -> dict[str, Any]:
    """Change the event's own fields; returns what was different before, by field. Raises WrongStatus once it has ended.

    Raises the calendar sequence when something changed that a calendar shows.
    """
    current = Event.objects.select_for_update().get(pk=event.pk)
    if current.status in (Status.CLOSED, Status.CANCELLED):
        raise WrongStatus(_("This event is closed or cancelled and can't be changed any more."))
    before = _snapshot(current)
    for name, value in fields.items():
        setattr(event, name, value)
    old, new = audit.changes(before, _snapshot(event))
    if event.published_at and CALENDAR_FIELDS & new.keys():
        event.calendar_sequence = current.calendar_sequence + 1
    event.updated_at = at
    event.save(update_fields=[*fields, "calendar_sequence", "updated_at"])
    _replace_themes(event, themes, old, new)
    _add_missing_pools(event)
    if new:
        audit.record(
            by=by, at=at, action="event.changed", subject=event, scope=event.delegation.slug, before=old, after=new
        )
    return old


def _replace_themes(event: Event, themes: Iterable[Theme] | None, old: dict[str, Any], new: dict[str, Any]) -> None:
    if themes is None:
        return
    before, after = sorted(theme.slug for theme in event.themes.all()), sorted(theme.slug for theme in themes)
    if before != after:
        event.themes.set(themes)
        old["themes"], new["themes"] = before, after


def _add_missing_pools(event: Event) -> None:
    present = set(Pool.objects.filter(event=event).values_list("mode", flat=True))
    Pool.objects.bulk_create([Pool(event=event, mode=mode) for mode in event.modes if mode not in present])


def publishing_problems(event: Event) -> list[str]:
    """What is missing before guests may see the event, as sentences; empty when nothing is."""
    checks = [
        (all(event.title.get(code) for code in event.languages), _("Give the title in each language of the event.")),
        ("in_person" not in event.modes or event.venue_id, _("Say where it takes place: choose a venue.")),
        (bool(event.languages), _("Choose at least one language.")),
        (not event.cover or bool(event.cover_alt), _("Say what the cover picture shows, for those who can't see it.")),
    ]
    return [problem for fine, problem in checks if not fine]


@transaction.atomic
def publish_event(*, event: Event, by: Actor, at: datetime) -> Event:
    """Draft → published. Raises WrongStatus, or NotPublishable naming what is missing."""
    _lock(event, Status.DRAFT)
    problems = publishing_problems(event)
    if event.ends_at <= at:
        problems.append(_("The event is already over: correct its dates."))
    if problems:
        raise NotPublishable(problems)
    return _move(event, Status.PUBLISHED, "event.published", by=by, at=at, published_at=at)


@transaction.atomic
def cancel_event(*, event: Event, by: Actor, at: datetime, reason: str) -> Event:
    """Published → cancelled; calendars learn it by a raised sequence. Raises WrongStatus."""
    current = _lock(event, Status.PUBLISHED)
    return _move(
        event,
        Status.CANCELLED,
        "event.cancelled",
        by=by,
        at=at,
        cancelled_at=at,
        cancelled_reason=reason,
        calendar_sequence=current.calendar_sequence + 1,
    )


@transaction.atomic
def close_event(*, event: Event, by: Actor, at: datetime, held: bool = False) -> Event:
    """Published → closed, once it is over; before its end only if it was ``held`` all the same. Raises WrongStatus."""
    _lock(event, Status.PUBLISHED)
    if at < event.ends_at and not held:
        raise WrongStatus(_("The event is not over yet, and nobody was checked in: close it after its end."))
    return _move(event, Status.CLOSED, "event.closed", by=by, at=at, closed_at=at)


def _lock(event: Event, wanted: Status) -> Event:
    """Re-read the event under a lock, so that of two who press at once one is told."""
    current = Event.objects.select_for_update().get(pk=event.pk)
    if current.status != wanted:
        raise WrongStatus(_("This can't be done: the event is %(status)s.") % {"status": current.get_status_display()})
    return current


def _move(event: Event, status: Status, action: str, *, by: Actor, at: datetime, **fields: Any) -> Event:
    before = event.status
    event.status, event.updated_at = status, at
    for name, value in fields.items():
        setattr(event, name, value)
    event.save(update_fields=["status", "updated_at", *fields])
    audit.record(
        by=by,
        at=at,
        action=action,
        subject=event,
        scope=event.delegation.slug,
        before={"status": before},
        after={"status": status, "reason": event.cancelled_reason},
    )
    return event


@transaction.atomic
def add_venue(*, delegation: Delegation, by: Actor, at: datetime, **parts: str) -> Venue:
    """Add a building that ``delegation`` looks after; ``parts`` are name, street, postcode, city and country.

    A building with the same name and address that is there already is given back instead of a second one.
    """
    known = Venue.objects.filter(delegation=delegation, **parts).first()
    if known:
        return known
    venue = Venue.objects.create(delegation=delegation, **parts)
    audit.record(by=by, at=at, action="venue.added", subject=venue, scope=delegation.slug, after=parts)
    return venue
