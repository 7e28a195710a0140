"""What changed in an event, from what its guests were told to what holds now, in the reader's language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import dates
from events.calendar import location
from events.enums import Mode
from events.models import Event, Room, Venue
from registrations.models import Letter

_WHEN = ("starts_at", "ends_at", "timezone")
_WHERE = ("venue", "room", "format")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: ``about`` is "when", "where" or "meeting"; ``old`` is "" where there was nothing."""

    about: str
    label: str
    old: str
    new: str


def what_changed(letter: Letter) -> list[Change]:
    """The lines for this guest, in the active language.

    ``letter.context["before"]`` holds the former values by field (dates as ISO 8601, venue and room by id). The new side
    is read from the event as it is now, so that a second change in the meantime is told right, and one that was
    taken back not at all.
    """
    registration = letter.registration
    now, before = registration.event, letter.context.get("before", {})
    then = _as_it_was(now, before)
    language = get_language() or registration.language
    changes = []
    if before.keys() & set(_WHEN):
        changes.append(Change("when", _("When"), dates.span(then, language), dates.span(now, language)))
    if before.keys() & set(_WHERE) and registration.mode == Mode.IN_PERSON:
        changes.append(Change("where", _("Where"), location(then, registration.mode), location(now, registration.mode)))
    if "online_url" in before and registration.mode == Mode.ONLINE:
        changes.append(Change("meeting", _("Address of the meeting"), then.online_url, now.online_url))
    return [change for change in changes if change.old != change.new]


def _as_it_was(event: Event, before: dict[str, Any]) -> Event:
    """A copy of the event with its former values; it is only read, never saved."""
    then = Event(**{name: getattr(event, name) for name in (*_WHEN, "format", "online_url", "venue", "room")})
    for name in (*_WHEN, "format", "online_url"):
        if name in before:
            value = before[name]
            setattr(then, name, datetime.fromisoformat(value) if name.endswith("_at") else value)
    for name, model in (("venue", Venue), ("room", Room)):
        if name in before:
            setattr(then, name, _row(model, before[name]))
    return then


def _row(model: type[models.Model], pk: int | None) -> models.Model | None:
    return model._default_manager.filter(pk=pk).first()
