"""Finding guests in a list: by state, by what is typed, by filter, in an order."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Lower

from checkin.models import Attendance
from desk.enums import GuestTab
from registrations.enums import LetterState, State
from registrations.models import Letter, RegistrationQuerySet

TABS: dict[str, Q] = {
    GuestTab.ALL: Q(),
    GuestTab.CONFIRMED: Q(status=State.CONFIRMED),
    GuestTab.WAITING: Q(status=State.WAITLISTED),
    GuestTab.PENDING: Q(status__in=[State.PENDING, State.UNVERIFIED]),
    GuestTab.CANCELLED: Q(status__in=[State.CANCELLED, State.DECLINED]),
    GuestTab.CHECKED_IN: Q(present=True),
    GuestTab.NOT_CHECKED_IN: Q(present=False, status=State.CONFIRMED),
}
ORDERS: dict[str, list[Any]] = {
    "name": [Lower("family_name"), Lower("given_name"), "pk"],
    "-name": [Lower("family_name").desc(), Lower("given_name").desc(), "-pk"],
    "organisation": [Lower("organisation"), Lower("family_name"), "pk"],
    "-organisation": [Lower("organisation").desc(), Lower("family_name"), "pk"],
    "registered": ["created_at", "pk"],
    "-registered": ["-created_at", "-pk"],
    "state": ["status", "waiting_since", Lower("family_name"), "pk"],
    "-state": ["-status", "waiting_since", Lower("family_name"), "pk"],
}


def with_presence(guests: RegistrationQuerySet) -> RegistrationQuerySet:
    """Each guest with ``present`` (seen at a checkpoint) and ``last_letter`` (the state of the latest letter, or None)."""
    seen = Attendance.objects.filter(registration=OuterRef("pk"))
    latest = (
        Letter.objects.filter(registration=OuterRef("pk"))
        .exclude(state=LetterState.DROPPED)
        .order_by("-created_at", "-pk")
    )
    return guests.annotate(present=Exists(seen), last_letter=Subquery(latest.values("state")[:1]))


def found(guests: RegistrationQuerySet, wanted: Mapping[str, str]) -> RegistrationQuerySet:
    """The guests of ``with_presence`` that a cleaned filter wants: ``q``, ``letters`` (in trouble), and fields by name."""
    for word in wanted.get("q", "").split():
        guests = guests.filter(_matches(word))
    for name in ("mode", "language", "country", "part"):
        if wanted.get(name):
            guests = guests.filter(**{name: wanted[name]})
    if wanted.get("letters"):
        guests = guests.filter(Q(last_letter__in=[LetterState.FAILED, LetterState.DELAYED]))
    return guests


def _matches(word: str) -> Q:
    """Name, organisation or address; ``@city.example`` is a mail domain, and finds ``@office.city.example`` too."""
    if word.startswith("@") and len(word) > 1:
        return Q(email__icontains=word) | Q(email__iendswith=f".{word[1:]}")
    hit = Q(email__icontains=word)
    # SQLite folds case for ASCII only, so the spellings that a person may mean are all asked for.
    for spelling in dict.fromkeys((word, word.lower(), word.upper(), word.capitalize())):
        hit |= (
            Q(given_name__icontains=spelling) | Q(family_name__icontains=spelling) | Q(organisation__icontains=spelling)
        )
    return hit


def tab_counts(guests: RegistrationQuerySet) -> dict[str, int]:
    """How many of the guests (with presence) stand under each tab, in one query."""
    counts = {f"tab_{tab}": Count("pk", filter=rule if rule else None) for tab, rule in TABS.items()}
    numbers = guests.order_by().aggregate(**counts)
    return {tab: numbers[f"tab_{tab}"] for tab in TABS}


def countries(guests: RegistrationQuerySet) -> list[str]:
    """The country codes that occur among the guests."""
    return sorted(guests.exclude(country="").order_by().values_list("country", flat=True).distinct())


def for_export(guests: RegistrationQuerySet) -> RegistrationQuerySet:
    """The guests of ``with_presence``, each with ``arrived_at``, so that a file of any length needs one query."""
    first = Attendance.objects.filter(registration=OuterRef("pk")).order_by("first_seen_at")
    return guests.annotate(arrived_at=Subquery(first.values("first_seen_at")[:1]))
