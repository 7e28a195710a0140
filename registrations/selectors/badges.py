"""Who gets a printed badge."""

import unicodedata
from collections.abc import Iterable

from django.db.models import QuerySet

from events.enums import Mode
from events.models import Event
from registrations.models import Registration


def badge_guests(event: Event, ids: Iterable[int] | None = None) -> QuerySet[Registration]:
    """The confirmed guests of ``event`` who come in person, or those of them whose id is in ``ids``."""
    guests = Registration.objects.confirmed().filter(event=event, mode=Mode.IN_PERSON)
    return guests if ids is None else guests.filter(pk__in=list(ids))


def in_order(guests: Iterable[Registration]) -> list[Registration]:
    """As they are laid out on a table: by family name, then given name, accents and case aside."""
    return sorted(guests, key=lambda guest: (_plain(guest.family_name), _plain(guest.given_name), guest.pk))


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
