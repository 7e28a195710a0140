"""How dates are written."""

from datetime import UTC, datetime

import pytest

from events import dates
from events.models import Event


def event(zone: str = "Europe/Brussels", end: datetime = datetime(2026, 12, 3, 16, 30, tzinfo=UTC)) -> Event:
    return Event(starts_at=datetime(2026, 12, 3, 13, tzinfo=UTC), ends_at=end, timezone=zone)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Thursday 3 December 2026, 14:00–17:30"),
        ("fr", "jeudi 3 décembre 2026, 14:00–17:30"),
        ("nl", "donderdag 3 december 2026, 14:00–17:30"),
        ("de", "Donnerstag, 3. Dezember 2026, 14:00–17:30"),
    ],
)
def test_span_is_written_as_in_the_language(language, words):
    assert dates.span(event(), language) == words


def test_span_over_two_days_gives_both_ends_in_full():
    shown = dates.span(event(end=datetime(2026, 12, 4, 11, tzinfo=UTC)), "en")

    assert shown == "Thursday 3 December 2026 at 14:00 – Friday 4 December 2026 at 12:00"


def test_hours_are_those_of_the_zone_in_which_the_event_is_lived():
    assert dates.hours(event("Europe/Athens"), "en") == "15:00–18:30"
    assert dates.zone_name(event("Europe/Athens"), "en") == "Athens time"


@pytest.mark.parametrize(("language", "words"), [("en", "Thu 3 Dec"), ("de", "Do. 3. Dez."), ("fr", "jeu. 3 déc.")])
def test_short_day(language, words):
    assert dates.short_day(event().local_start, language) == words
