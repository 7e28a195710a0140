from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from core.audit import SYSTEM
from events.models import Pool, Room
from registrations.enums import State
from tests import factories
from tests.totals.makers import PUBLISHED_ON, came, closed, guest, held, published_office, seen
from totals.selectors import Counts, closing_preview, figures
from totals.services import freeze_statement

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 3)


def test_preview_says_what_closing_then_freezes() -> None:
    event = held(DAY)
    for _number in range(3):
        came(guest(event))
    guest(event)
    before = figures(event.delegation)["participants"].value

    preview = closing_preview(event, event.ends_at + timedelta(hours=1))
    statement = closed(event)

    assert preview.counts == Counts(**{name: getattr(statement, name) for name in Counts.__slots__})
    assert figures(event.delegation)["participants"].value == before + preview.moves == 3
    assert (preview.warnings, preview.notes, preview.before) == ([], [], None)


def test_preview_of_an_event_where_nobody_was_checked_in_warns() -> None:
    event = held(DAY)
    guest(event)
    guest(event)

    (warning,) = closing_preview(event, event.ends_at).warnings

    assert "2 people are confirmed" in warning


def test_preview_before_the_end_warns() -> None:
    event = held(DAY)

    (warning,) = closing_preview(event, event.ends_at - timedelta(seconds=1)).warnings

    assert "not over yet" in warning


def test_preview_of_more_people_than_places_and_than_the_room_holds_warns_of_both() -> None:
    event = held(DAY)
    for _number in range(3):
        came(guest(event))
    Pool.objects.filter(event=event).update(size=2, taken=0)
    event.room = Room.objects.create(venue=event.venue, name="Blue room", capacity=1)

    places, room = closing_preview(event, event.ends_at).warnings

    assert "2 places" in places
    assert "Blue room" in room


def test_preview_of_undecided_and_cancelled_guests_warns_of_each() -> None:
    event = held(DAY)
    came(guest(event))
    asking, gone = guest(event), came(guest(event))
    type(asking).objects.filter(pk=asking.pk).update(status=State.PENDING)
    type(gone).objects.filter(pk=gone.pk).update(status=State.CANCELLED)

    pending, present = closing_preview(event, event.ends_at).warnings

    assert "1 request still awaits" in pending
    assert "1 person was present without a confirmed place" in present


def test_preview_of_a_hybrid_event_without_online_evidence_warns() -> None:
    event = held(DAY, format="hybrid", online=10)
    came(guest(event))
    guest(event, mode="online")

    (silent,) = closing_preview(event, event.ends_at).warnings
    seen(guest(event, mode="online"), mode="online", method="platform")

    assert "online" in silent
    assert closing_preview(event, event.ends_at).warnings == []


def test_preview_of_an_event_that_does_not_count_moves_nothing_and_says_why() -> None:
    event = held(DAY, counts=False, counts_reason="Internal meeting")
    came(guest(event))

    preview = closing_preview(event)

    assert preview.moves == 0
    assert "Internal meeting" in preview.notes[0]


def test_preview_of_an_event_within_the_opening_balance_moves_nothing_and_says_why() -> None:
    event = held(PUBLISHED_ON, of=published_office())
    came(guest(event))

    preview = closing_preview(event)

    assert preview.moves == 0
    assert "28 November 2023" in preview.notes[0]


def test_preview_of_a_recount_moves_by_the_difference() -> None:
    event = held(DAY)
    came(guest(event))
    late = guest(event)
    first = closed(event)
    seen(late)

    preview = closing_preview(event)
    freeze_statement(event=event, by=SYSTEM, at=factories.now(), reason="Paper list")

    assert (preview.moves, preview.before) == (1, first)
    assert figures(event.delegation)["participants"].value == 2


@pytest.mark.parametrize("people", [1, 3])
def test_preview_takes_the_same_queries_for_any_number_of_guests(
    people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    event = held(DAY)
    for _number in range(people):
        came(guest(event))

    with django_assert_num_queries(7):
        closing_preview(event, event.ends_at)
