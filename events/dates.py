"""When an event is, as a person of the given language writes it; always in the event's own time zone."""

from datetime import datetime

from babel.dates import format_date, format_time, get_timezone_location
from django.utils.translation import gettext as _

from events.models import Event

# English as it is written in Brussels: day before month, 24 hours.
_LOCALES = {"en": "en_GB"}


def locale(language: str) -> str:
    """The CLDR locale of an interface language."""
    return _LOCALES.get(language, language)


def day(moment: datetime, language: str) -> str:
    """“Thursday 3 December 2026” for a local datetime."""
    return format_date(moment, "full", locale=locale(language)).replace("day, ", "day ")


def short_day(moment: datetime, language: str) -> str:
    """“Thu 3 Dec” and its like: weekday, day and month, short."""
    pattern = {"en": "EEE d MMM", "de": "EEE d. MMM"}.get(language, "EEE d MMM")
    return format_date(moment, pattern, locale=locale(language))


def calendar_day(moment: datetime, language: str) -> str:
    """“25 Oct 2026” for a local datetime, as a table of the language writes it."""
    return format_date(moment, "medium", locale=locale(language))


def clock(moment: datetime, language: str) -> str:
    """“14:00” for a local datetime."""
    return format_time(moment, "HH:mm", locale=locale(language))


def moment(when: datetime, event: Event, language: str) -> str:
    """“Monday 30 November 2026 at 18:00”, in the event's time zone."""
    local = when.astimezone(event.zone)
    return _("%(day)s at %(clock)s") % {"day": day(local, language), "clock": clock(local, language)}


def hours(event: Event, language: str) -> str:
    """“14:00–17:30”, or the start alone of an event over several days."""
    start, end = event.local_start, event.local_end
    if start.date() != end.date():
        return clock(start, language)
    return f"{clock(start, language)}–{clock(end, language)}"


def span(event: Event, language: str) -> str:
    """“Thursday 3 December 2026, 14:00–17:30”; over several days both ends in full."""
    start, end = event.local_start, event.local_end
    if start.date() == end.date():
        return f"{day(start, language)}, {hours(event, language)}"
    return f"{moment(start, event, language)} – {moment(end, event, language)}"


def zone_name(event: Event, language: str) -> str:
    """“Brussels time”: the zone by its city, as people say it."""
    city = get_timezone_location(event.timezone, locale=locale(language), return_city=True)
    return _("%(city)s time") % {"city": city}
