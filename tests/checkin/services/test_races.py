"""Several doors at the same moment, with real threads and connections."""

import uuid

import pytest

from checkin.models import Attendance, Scan
from checkin.services import scans
from core.prepared import Prepared
from registrations.models import Registration
from tests import factories
from tests.checkin.door import door_of, outcomes, reading, scan
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_record_scans_two_doors_at_once_admit_one_badge_once():
    event = factories.event()
    guest, door, user = factories.registration(event), door_of(event), factories.user()

    for _ in range(10):
        Scan.objects.all()._raw_delete(Scan.objects.db)
        Attendance.objects.all().delete()
        verdicts = at_once([lambda: scan(door, reading(guest), by=user)] * 2)

        assert sorted(verdict[0].outcome for verdict in verdicts) == ["admitted", "already_in"]
        assert Attendance.objects.count() == 1


@pytest.mark.services  # SQLite has one writer at a time, and no row locks to take out
def test_record_scans_without_its_lock_admits_one_badge_twice(monkeypatch):
    """The negative control: with the guard taken out, the race of the test above is lost."""
    event = factories.event()
    guest, door, user = factories.registration(event), door_of(event), factories.user()
    unlocked = Prepared(lambda codes: Registration.objects.filter(badge_code__in=codes).order_by("pk"))
    monkeypatch.setattr(scans, "_by_code", unlocked)
    admitted_twice = 0
    for _ in range(30):
        verdicts = at_once([lambda: scan(door, reading(guest), by=user)] * 4)
        admitted_twice += outcomes(verdict[0] for verdict in verdicts).count("admitted") > 1
        Scan.objects.all()._raw_delete(Scan.objects.db)
        Attendance.objects.all().delete()

    assert admitted_twice


def test_record_scans_one_batch_sent_eight_times_at_once_is_kept_once():
    event = factories.event()
    guests, door, user = [factories.registration(event) for _ in range(5)], door_of(event), factories.user()
    batch = [reading(guest) for guest in guests] + [reading(code="nobody"), reading(code="no one")]

    answers = at_once([lambda: outcomes(scan(door, *batch, by=user))] * 8)

    assert answers == [["admitted"] * 5 + ["unknown_code"] * 2] * 8
    assert (Scan.objects.count(), Attendance.objects.count()) == (7, 5)


def _reversed(rows):
    return rows[::-1]


def test_record_scans_crossing_batches_neither_wait_for_ever_nor_admit_twice():
    event = factories.event()
    guests, door, user = [factories.registration(event) for _ in range(20)], door_of(event), factories.user()
    strays = [uuid.uuid4() for _ in range(20)]

    def send(order):
        codes = [reading(guest) for guest in order(guests)] + [reading(id=pk, code="nobody") for pk in order(strays)]
        return lambda: outcomes(scan(door, *codes, by=user))

    answers = at_once([send(order) for order in (list, _reversed, list, _reversed)])

    told = [outcome for answer in answers for outcome in answer]
    assert (told.count("admitted"), told.count("already_in"), told.count("unknown_code")) == (20, 60, 80)
    assert Scan.objects.count() == 80 + 20
