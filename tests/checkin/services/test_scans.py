"""The rules of the door, through the service."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checkin.codes import digest
from checkin.models import AppendOnly, Attendance, Scan
from checkin.selectors import present_count
from core.audit import SYSTEM
from desk import services as desk
from registrations.services import cancel_registration
from tests import factories
from tests.checkin.door import door_of, minutes_ago, outcomes, reading, scan

pytestmark = pytest.mark.django_db


def test_record_scans_confirmed_guest_is_admitted_and_present():
    event = factories.event()
    guest, at = factories.registration(event), factories.now()

    verdict = scan(door_of(event), reading(guest, scanned_at=at), at=at)[0]

    assert (verdict.outcome, verdict.guest, verdict.first_seen_at) == ("admitted", guest, at)
    row = Attendance.objects.get()
    assert (row.registration, row.first_seen_at, row.inside, row.method, row.mode) == (
        guest,
        at,
        True,
        "scan",
        "in_person",
    )
    assert present_count(event) == 1


def test_record_scans_second_badge_reading_is_already_in_since_the_first():
    event = factories.event()
    guest, door = factories.registration(event), None
    door = door_of(event)
    first = minutes_ago(30)
    scan(door, reading(guest, scanned_at=first))

    verdict = scan(door, reading(guest))[0]

    assert (verdict.outcome, verdict.first_seen_at) == ("already_in", first)
    assert Attendance.objects.get().last_seen_at > first
    assert present_count(event) == 1


def test_record_scans_same_badge_twice_in_one_batch_is_admitted_once():
    event = factories.event()
    guest = factories.registration(event)

    verdicts = scan(door_of(event), reading(guest), reading(guest), reading(guest))

    assert outcomes(verdicts) == ["admitted", "already_in", "already_in"]
    assert Attendance.objects.count() == 1


def test_record_scans_leaving_and_coming_again_moves_the_live_count():
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    scan(door, reading(guest, scanned_at=minutes_ago(60)))

    left = scan(door, reading(guest, scanned_at=minutes_ago(30), direction="out"))
    gone = present_count(event)
    back = scan(door, reading(guest))

    assert outcomes(left + back) == ["left", "admitted"]
    assert (gone, present_count(event)) == (0, 1)


def test_record_scans_late_news_of_an_earlier_reading_moves_first_seen_and_not_the_exit():
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    scan(door, reading(guest, scanned_at=minutes_ago(10), direction="out"))

    early = minutes_ago(90)
    scan(door, reading(guest, scanned_at=early))

    row = Attendance.objects.get()
    assert (row.first_seen_at, row.inside) == (early, False)


def test_record_scans_code_with_spaces_dashes_and_small_letters_is_recognised():
    event = factories.event()
    guest = factories.registration(event)
    code = guest.badge_code.lower()

    verdict = scan(door_of(event), reading(code=f" {code[:6]} {code[6:13]}-{code[13:]}\n"))[0]

    assert verdict.outcome == "admitted"


@pytest.mark.parametrize("text", ["https://elsewhere.example/x", "A" * 26, "A\0B", "\ud800", "Ω" * 26, "'; DROP TABLE"])
def test_record_scans_strange_code_is_refused_and_kept_as_a_digest_only(text):
    event = factories.event()
    door = door_of(event)

    verdict = scan(door, reading(code=text))[0]

    assert (verdict.outcome, verdict.guest) == ("unknown_code", None)
    row = Scan.objects.get()
    assert (row.outcome, row.code_digest, row.registration) == ("unknown_code", digest(text), None)
    assert not Attendance.objects.exists()


def test_record_scans_badge_of_another_event_tells_nothing_of_it():
    here, elsewhere = factories.event(), factories.event()
    stranger = factories.registration(elsewhere)

    verdict = scan(door_of(here), reading(stranger))[0]

    assert (verdict.outcome, verdict.guest, verdict.detail) == ("wrong_event", None, "")
    assert Scan.objects.get().registration is None


def test_record_scans_number_of_another_events_guest_finds_nobody():
    here, elsewhere = factories.event(), factories.event()
    stranger = factories.registration(elsewhere)

    verdict = scan(door_of(here), reading(registration=stranger.pk))[0]

    assert (verdict.outcome, verdict.guest) == ("unknown_code", None)


def test_record_scans_waiting_guest_is_refused_by_name_and_badge():
    event = factories.event(places=1)
    factories.registration(event)
    waiting = factories.registration(event)

    verdicts = scan(door_of(event), reading(waiting), reading(registration=waiting.pk))

    assert outcomes(verdicts) == ["not_confirmed"] * 2
    assert {verdict.guest for verdict in verdicts} == {waiting}
    assert not Attendance.objects.exists()


def test_record_scans_cancelled_guest_is_refused():
    event = factories.event()
    guest = factories.registration(event)
    cancel_registration(registration=guest, by=SYSTEM, at=factories.now())

    assert outcomes(scan(door_of(event), reading(guest))) == ["cancelled"]


def test_record_scans_cancelled_event_lets_nobody_in():
    event = factories.event()
    guest = factories.registration(event)
    desk.cancel_event(event=event, by=SYSTEM, at=factories.now(), reason="strike")

    assert outcomes(scan(door_of(event), reading(guest))) == ["cancelled"]


def test_record_scans_closed_event_keeps_its_frozen_presence():
    at = factories.now()
    event = factories.event(at=at - timedelta(days=2), starts_at=at - timedelta(days=1))
    guest = factories.registration(event, at=at - timedelta(days=2))
    desk.close_event(event=event, by=SYSTEM, at=at)

    assert outcomes(scan(door_of(event), reading(guest))) == ["outside_hours"]
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("minutes", "outcome"), [(61, "outside_hours"), (60, "admitted"), (31, "admitted"), (30, "outside_hours")]
)
def test_record_scans_hours_are_held_against_the_time_of_the_reading(minutes, outcome):
    event = factories.event()
    guest, door, at = factories.registration(event), door_of(event), factories.now()
    door.opens_at, door.closes_at = at - timedelta(minutes=60), at - timedelta(minutes=30)
    door.save()

    verdicts = scan(door, reading(guest, scanned_at=at - timedelta(minutes=minutes)), at=at)

    assert outcomes(verdicts) == [outcome]


@pytest.mark.parametrize(
    "off_by", [timedelta(seconds=1), timedelta(days=4000), -timedelta(days=8), -timedelta(days=20_000)]
)
def test_record_scans_clock_that_cannot_be_right_gives_way_to_the_servers(off_by):
    event = factories.event()
    guest, at = factories.registration(event), factories.now()

    verdict = scan(door_of(event), reading(guest, scanned_at=at + off_by), at=at)[0]

    assert verdict.first_seen_at == at
    assert Scan.objects.get().scanned_at == at


def test_record_scans_replayed_batch_changes_nothing_and_answers_alike():
    event = factories.event(places=1)
    guest, waiting, door = factories.registration(event), factories.registration(event), door_of(event)
    batch = [reading(guest), reading(guest), reading(waiting), reading(code="nobody")]
    first = scan(door, *batch)
    before = (list(Scan.objects.order_by("pk").values()), list(Attendance.objects.values()))

    again = scan(door, *batch)

    assert again == first
    assert (list(Scan.objects.order_by("pk").values()), list(Attendance.objects.values())) == before


def test_record_scans_stored_refusal_stands_when_the_rules_would_now_admit():
    event = factories.event(places=1)
    holder, waiting, door = factories.registration(event), factories.registration(event), door_of(event)
    refused = reading(waiting)
    scan(door, refused)
    cancel_registration(registration=holder, by=SYSTEM, at=factories.now())

    replayed, fresh = scan(door, refused)[0], scan(door, reading(waiting))[0]

    assert (replayed.outcome, fresh.outcome) == ("not_confirmed", "admitted")


def test_record_scans_stored_admission_stands_when_the_rules_would_now_refuse():
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    admitted = reading(guest)
    scan(door, admitted)
    cancel_registration(registration=guest, by=SYSTEM, at=factories.now())

    assert outcomes(scan(door, admitted)) == ["admitted"]


def test_record_scans_one_id_twice_in_a_batch_is_one_scan():
    event = factories.event()
    guest = factories.registration(event)
    twice = reading(guest)

    assert outcomes(scan(door_of(event), twice, twice)) == ["admitted", "admitted"]
    assert Scan.objects.count() == 1


def test_record_scans_id_of_another_checkpoint_neither_leaks_nor_overwrites():
    here, elsewhere = factories.event(), factories.event()
    stranger, guest = factories.registration(elsewhere), factories.registration(here)
    taken = reading(stranger)
    scan(door_of(elsewhere), taken)
    before = Scan.objects.values().get()

    verdict = scan(door_of(here), reading(guest, id=taken.id))[0]

    assert (verdict.outcome, verdict.guest, verdict.first_seen_at) == ("invalid", None, None)
    assert verdict.detail
    assert Scan.objects.values().get() == before


def test_record_scans_empty_batch_answers_nothing():
    assert scan(door_of(factories.event())) == []


def test_record_scans_by_name_is_kept_as_read_from_the_list():
    event = factories.event()
    guest = factories.registration(event)

    assert outcomes(scan(door_of(event), reading(registration=guest.pk))) == ["admitted"]
    assert (Scan.objects.get().method, Attendance.objects.get().method) == ("list", "list")
    assert Scan.objects.get().code_digest == ""


@pytest.mark.parametrize("number", [1, 3, 40])
def test_record_scans_asks_the_database_alike_for_any_batch(number):
    event = factories.event()
    readings = [reading(factories.registration(event)) for _ in range(number)]
    door, user = door_of(event), factories.user()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        scan(door, *readings, by=user)

    asked = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    # Guests under lock, attendances; then the scans and the attendances that are new.
    assert len(asked) == 4


@pytest.mark.parametrize("number", [1, 3, 40])
def test_record_scans_asks_the_database_alike_for_any_replay(number):
    event = factories.event()
    readings = [reading(factories.registration(event)) for _ in range(number)]
    door, user = door_of(event), factories.user()
    scan(door, *readings, by=user)

    with CaptureQueriesContext(connection) as queries:
        scan(door, *readings, by=user)

    asked = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]
    # Guests, attendances and the insert that finds the ids kept; then guests, scans that are kept, attendances.
    assert len(asked) == 6


def test_scan_is_never_changed_nor_deleted():
    event = factories.event()
    scan(door_of(event), reading(factories.registration(event)))
    row = Scan.objects.get()

    for deed in (row.save, row.delete, Scan.objects.all().delete, lambda: Scan.objects.update(outcome="left")):
        with pytest.raises(AppendOnly):
            deed()


def test_attendance_is_one_for_each_registration_and_checkpoint():
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    for _ in range(5):
        scan(door, reading(guest, id=uuid.uuid4()))

    assert Attendance.objects.filter(registration=guest, checkpoint=door).count() == 1
