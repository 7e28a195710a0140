import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.enums import Method
from events.enums import Mode
from registrations.enums import Part, Source, State
from totals.selectors.counting import Counts, Guest, Presence, count

ADDRESSES = ["", "ada@guests.example", "ben@guests.example", "cleo@guests.example"]


def someone(pk: int, **fields: str) -> Guest:
    defaults = {
        "email_key": f"guest-{pk}@guests.example",
        "status": State.CONFIRMED,
        "part": Part.ATTENDEE,
        "source": Source.FORM,
        "mode": Mode.IN_PERSON,
        "country": "BE",
    }
    return Guest(pk=pk, **{**defaults, **fields})


def there(pk: int, mode: str = Mode.IN_PERSON, method: str = Method.SCAN) -> Presence:
    return Presence(registration_id=pk, mode=mode, method=method)


def test_count_person_at_several_checkpoints_is_one_participant_and_as_many_entries() -> None:
    counts = count([someone(1)], [there(1), there(1), there(1)])

    assert (counts.participants, counts.entries) == (1, 3)


def test_count_person_who_cancelled_and_came_back_is_one_person() -> None:
    before = someone(1, email_key="ada@guests.example", status=State.CANCELLED)
    after = someone(2, email_key="ada@guests.example")

    counts = count([before, after], [there(1), there(2)])

    assert (counts.registered, counts.confirmed, counts.participants) == (1, 1, 1)


def test_count_guests_without_address_are_different_people() -> None:
    counts = count([someone(1, email_key=""), someone(2, email_key="")], [there(1), there(2)])

    assert counts.participants == 2


@pytest.mark.parametrize("part", [Part.STAFF, Part.INTERPRETER])
def test_count_staff_and_interpreters_are_in_no_number(part: str) -> None:
    counts = count([someone(1, part=part)], [there(1)])

    assert counts == count([], [])
    assert counts == Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, {}, {})


def test_count_speakers_stand_on_a_line_of_their_own() -> None:
    guests = [someone(1), someone(2, part=Part.SPEAKER), someone(3, part=Part.SPEAKER)]

    counts = count(guests, [there(1), there(2)])

    assert (counts.participants, counts.speakers, counts.registered, counts.no_shows) == (1, 1, 1, 0)


def test_count_online_guests_are_missing_only_where_online_presence_was_recorded() -> None:
    guests = [someone(1), someone(2), someone(3, mode=Mode.ONLINE), someone(4, mode=Mode.ONLINE)]

    silent = count(guests, [there(1)])
    recorded = count(guests, [there(1), there(3, Mode.ONLINE, Method.PLATFORM)])

    assert (silent.no_shows, recorded.no_shows) == (1, 2)
    assert (recorded.present_in_person, recorded.present_online) == (1, 1)


def test_count_person_in_the_room_and_online_is_counted_in_the_room_under_the_firmer_evidence() -> None:
    counts = count([someone(1)], [there(1, Mode.ONLINE, Method.PLATFORM), there(1, Mode.IN_PERSON, Method.SCAN)])

    assert (counts.present_in_person, counts.present_online) == (1, 0)
    assert counts.by_method == {Method.SCAN: 1}


def test_count_cancelled_guest_with_evidence_of_presence_counts_and_cancelled_guest_without_is_no_no_show() -> None:
    guests = [someone(1, status=State.CANCELLED), someone(2, status=State.CANCELLED)]

    counts = count(guests, [there(1)])

    assert (counts.registered, counts.confirmed, counts.participants, counts.no_shows) == (2, 0, 1, 0)


def test_count_walk_in_who_came_is_a_participant_and_a_walk_in() -> None:
    guests = [someone(1), someone(2, source=Source.WALK_IN), someone(3, source=Source.WALK_IN)]

    counts = count(guests, [there(1), there(2)])

    assert (counts.participants, counts.walk_ins) == (2, 1)


guests = st.lists(
    st.builds(
        Guest,
        pk=st.integers(1, 40),
        email_key=st.sampled_from(ADDRESSES),
        status=st.sampled_from(State.values),
        part=st.sampled_from(Part.values),
        source=st.sampled_from(Source.values),
        mode=st.sampled_from(Mode.values),
        country=st.sampled_from(["", "BE", "FR"]),
    ),
    unique_by=lambda guest: guest.pk,
)
presences = st.lists(
    st.builds(
        Presence,
        registration_id=st.integers(1, 60),
        mode=st.sampled_from(Mode.values),
        method=st.sampled_from(Method.values),
    )
)


@given(guests, presences)
def test_count_of_any_event_adds_up(guests: list[Guest], presences: list[Presence]) -> None:
    counts = count(guests, presences)

    assert counts.present_in_person + counts.present_online == counts.participants
    assert sum(counts.by_method.values()) == sum(counts.by_country.values()) == counts.participants
    assert counts.walk_ins <= counts.participants <= counts.registered
    assert counts.participants <= counts.entries
    assert counts.no_shows <= counts.confirmed <= counts.registered
    assert min(counts.by_method.values(), default=1) > 0


@given(guests, presences, st.randoms())
def test_count_does_not_hang_on_the_order_of_scans(
    guests: list[Guest], presences: list[Presence], chance: random.Random
) -> None:
    shuffled = presences.copy()
    chance.shuffle(shuffled)

    one, other = count(guests, presences), count(guests, shuffled)

    numbers = ("participants", "present_in_person", "present_online", "speakers", "no_shows", "entries", "by_method")
    assert [getattr(one, name) for name in numbers] == [getattr(other, name) for name in numbers]


@given(guests, presences)
def test_count_told_twice_of_each_presence_counts_nobody_twice(guests: list[Guest], presences: list[Presence]) -> None:
    once, twice = count(guests, presences), count(guests, presences + presences)

    assert (twice.participants, twice.speakers, twice.by_method) == (once.participants, once.speakers, once.by_method)
    assert twice.entries == 2 * once.entries
