"""The questions of the door."""

import pytest

from checkin import selectors
from checkin.models import Checkpoint
from delegations.enums import Role
from tests import factories
from tests.checkin.door import door_of, minutes_ago, reading, scan

pytestmark = pytest.mark.django_db


def test_present_count_counts_a_person_at_two_checkpoints_once():
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    lunch = Checkpoint.objects.create(event=event, kind="lunch", name={"en": "Lunch"})
    scan(door, reading(guest))
    scan(lunch, reading(guest))

    assert selectors.present_count(event) == 1


def test_arrivals_give_the_first_sight_of_each_who_came():
    event = factories.event()
    early, late, _absent = [factories.registration(event) for _ in range(3)]
    door, first, second = door_of(event), minutes_ago(50), minutes_ago(20)
    scan(door, reading(early, scanned_at=first), reading(late, scanned_at=second), reading(early, scanned_at=second))

    assert selectors.arrivals(event) == {early.pk: first, late.pk: second}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lodz", "Łódź"),
        ("thess", "Thessaloniki"),
        ("strasse", "Straße"),
        ("oresund", "Øresund"),
        ("Ολυμπια", "Ολυμπία"),
        ("o’b", "O’Brien"),
    ],
)
def test_find_guests_compares_letters_as_one_types_them(typed, name):
    event = factories.event()
    user = factories.member(Role.DOOR, of=event.delegation)
    guest = factories.registration(event, family_name=name)
    factories.registration(event, family_name="Example")

    assert [found.registration for found in selectors.find_guests(user, door_of(event), typed)] == [guest.pk]


def test_find_guests_puts_confirmed_and_beginnings_first():
    event = factories.event(places=3)
    user = factories.member(Role.DOOR, of=event.delegation)
    inner = factories.registration(event, given_name="Johanna", family_name="A")
    start = factories.registration(event, given_name="Anna", family_name="Z")
    factories.registration(event, given_name="Bo", family_name="B")
    waiting = factories.registration(event, given_name="Anna", family_name="A")

    found = selectors.find_guests(user, door_of(event), "anna")

    assert [guest.registration for guest in found] == [start.pk, inner.pk, waiting.pk]
    assert found[2].status == "waitlisted"


def test_find_guests_gives_twenty_at_most():
    event = factories.event()
    user = factories.member(Role.DOOR, of=event.delegation)
    for _ in range(23):
        factories.registration(event, given_name="Anna")

    assert len(selectors.find_guests(user, door_of(event), "anna")) == 20


def test_find_guests_finds_nobody_for_somebody_from_elsewhere():
    event = factories.event()
    factories.registration(event, given_name="Anna")

    assert selectors.find_guests(factories.member(Role.ADMIN), door_of(event), "anna") == []
