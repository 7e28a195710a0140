"""What stands on a badge, as plain data for the template: in the guest's language, dated in the event's time zone."""

import unicodedata
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.glyphs import missing_letters
from events.enums import Mode
from events.models import Event
from registrations.badges.symbol import SIDE, badge_path
from registrations.enums import Part
from registrations.models import Registration

_LOCALES = {"en": "en_GB", "fr": "fr_BE", "nl": "nl_BE", "de": "de_BE"}
# Dark enough for white letters at any size (contrast 7 and more); the word is always printed beside the colour.
_PART_COLOURS = {Part.SPEAKER: "#7d2317", Part.STAFF: "#24476b", Part.INTERPRETER: "#5a3470"}


def face(registration: Registration) -> dict[str, Any]:
    """The person's side of a badge; needs no query."""
    part = Part(registration.part)
    with translation.override(registration.language):
        word = "" if part == Part.ATTENDEE else str(part.label)
    return {
        "given": registration.given_name,
        "family": registration.family_name,
        "organisation": registration.organisation,
        "part": word,
        "part_colour": _PART_COLOURS.get(part, ""),
        "code": registration.badge_code,
        "qr": qr_image(registration.badge_code),
        "blank": False,
    }


def qr_image(code: str) -> str:
    """The symbol as an SVG file of one path, for the template to draw."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}"><path d="{badge_path(code)}"/></svg>'


def event_texts(event: Event, language: str, mode: str = Mode.IN_PERSON) -> dict[str, Any]:
    """The event's side of a badge in ``language``; needs its delegation, venue and room at hand."""
    with translation.override(language):
        return {
            "lang": language,
            "title": without_signs(event.title.in_language(language, event.languages)),
            "title_lang": event.title.language_for(language, event.languages),
            "host": event.delegation.name.in_language(language, event.delegation.languages),
            "when": when(event.local_start, event.local_end, language),
            "where": _where(event, mode),
            "accent": event.delegation.accent,
            "on_accent": readable_on(event.delegation.accent),
            "qr_alt": _("QR code of this badge, to be scanned at the door"),
        }


def _where(event: Event, mode: str) -> list[str]:
    if mode == Mode.ONLINE:
        return [_("Online")]
    if event.venue is None:
        return []
    room = event.room.name if event.room else ""
    town = f"{event.venue.postcode} {event.venue.city}".strip()
    return [line for line in (event.venue.name, room, event.venue.street_beside_name, town) if line]


def when(start: datetime, end: datetime, language: str) -> list[str]:
    """Date and times in ``language``, one item a line; ``start`` and ``end`` are in the time zone to be shown."""
    from babel.dates import format_date

    locale = _LOCALES.get(language, language)
    if start.date() == end.date():
        day = format_date(start, format="full", locale=locale)
        return [day[:1].upper() + day[1:], f"{start:%H:%M} – {end:%H:%M}"]
    first, last = (format_date(day, format="long", locale=locale) for day in (start, end))
    return [f"{first}, {start:%H:%M} –", f"{last}, {end:%H:%M}"]


def without_signs(text: str) -> str:
    """``text`` without the pictures (emoji and the like) that no font of ours has; letters are never taken out."""
    lost = {sign for sign in missing_letters(text) if unicodedata.category(sign) in ("So", "Sk")}
    return " ".join("".join(sign for sign in text if sign not in lost).split())


def readable_on(colour: str) -> str:
    """White or black, whichever has more contrast on ``colour``: 4.58 at least (relative luminance of WCAG 2.1)."""
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#ffffff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#000000"
