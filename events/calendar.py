"""Calendar entries (RFC 5545, 5546, 7986): one maker for the page's file, the feed and the letters."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Entry

from events.enums import Mode, Status
from events.models import Event
from events.timezones import vtimezone

CONTENT_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
PRODUCT = "-//Guimard//Events//EN"


def event_calendar(
    events: Iterable[Event],
    language: str,
    *,
    mode: str | None = None,
    cancelled: bool = False,
    stamp: datetime | None = None,
    name: str = "",
) -> bytes:
    """A VCALENDAR of ``events`` with their texts in ``language``.

    For a guest, give the ``mode`` of the registration: the entry then holds the place or the address of the meeting,
    which is never public. ``cancelled`` takes the entry out of the guest's calendar although the event goes on.
    ``stamp`` is when the entry was written, if not at the event's last change; ``name`` is what a reader calls the feed.
    Each event needs its delegation, venue and room at hand, or they cost a query each.
    """
    rows = list(events)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for zone, years in _zones(rows).items():
        calendar.add_component(vtimezone(zone, min(years), max(years)))
    with translation.override(language):
        for event in rows:
            calendar.add_component(_entry(event, language, mode, cancelled, stamp or event.updated_at))
    return bytes(calendar.to_ical())


def _zones(events: list[Event]) -> dict[str, set[int]]:
    """The time zones of the events with the years in which they are needed."""
    zones: dict[str, set[int]] = {}
    for event in events:
        zones.setdefault(event.timezone, set()).update({event.local_start.year, event.local_end.year})
    return zones


def _entry(event: Event, language: str, mode: str | None, cancelled: bool, stamp: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", event.calendar_uid)
    entry.add("sequence", event.calendar_sequence)
    entry.add("dtstamp", stamp)
    entry.add("created", event.created_at)
    entry.add("last-modified", event.updated_at)
    entry.add("dtstart", event.local_start)
    entry.add("dtend", event.local_end)
    gone = cancelled or event.status == Status.CANCELLED
    entry.add("status", "CANCELLED" if gone else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if gone else "OPAQUE")
    entry.add("summary", event.title.in_language(language, event.languages), parameters={"LANGUAGE": language})
    _add_words(entry, event, language, mode)
    return entry


def _add_words(entry: Entry, event: Event, language: str, mode: str | None) -> None:
    page = page_url(event)
    meeting = event.online_url if mode == Mode.ONLINE else ""
    about = [event.summary.in_language(language, event.languages)]
    if meeting:
        about.append(_("Join the meeting: %(address)s") % {"address": meeting})
        entry.add("conference", meeting, parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    about.append(_("All about the event: %(address)s") % {"address": page})
    entry.add("description", "\n\n".join(line for line in about if line))
    entry.add("url", page)
    if where := location(event, mode):
        entry.add("location", where)
    organiser = vCalAddress(f"MAILTO:{event.delegation.email}")
    organiser.params["CN"] = vText(event.delegation.name.in_language(language, event.delegation.languages))
    entry.add("organizer", organiser)


def location(event: Event, mode: str | None = None) -> str:
    """Where to go, on one line; for an online guest the address of the meeting, "" where there is nothing to say yet."""
    if mode == Mode.ONLINE:
        return event.online_url
    if event.venue is None:
        return _("online") if event.modes == [Mode.ONLINE] else ""
    room = [event.room.name] if event.room else []
    return ", ".join([*room, event.venue.full_name])


def page_url(event: Event) -> str:
    """The absolute address of the event's public page."""
    return f"{settings.PUBLIC_URL}{reverse('events:page', args=[event.slug])}"
