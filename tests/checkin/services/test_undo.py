"""Taking back a scan."""

import uuid

import pytest

from checkin import services
from checkin.models import Attendance, Scan
from checkin.selectors import present_count
from core.audit import SYSTEM
from core.models import AuditEntry
from desk import services as desk
from tests import factories
from tests.checkin.door import door_of, minutes_ago, outcomes, reading, scan

pytestmark = pytest.mark.django_db


def undo(door, pk, by=None):
    return services.undo_scan(scan_id=pk, checkpoint=door, by=by or factories.user(), at=factories.now())


def test_undo_scan_admission_leaves_no_presence_but_both_rows():
    event = factories.event()
    guest, door, user = factories.registration(event), door_of(event), factories.user()
    admitted = scan(door, reading(guest))[0]

    undone = undo(door, admitted.id, by=user)

    assert (undone.inside, undone.scan.undoes_id, undone.scan.scanned_by) == (False, admitted.id, user)
    assert list(Scan.objects.order_by("received_at").values_list("outcome", flat=True)) == ["admitted", "undone"]
    assert (Attendance.objects.count(), present_count(event)) == (0, 0)
    entry = AuditEntry.objects.get(action="scan.undone")
    assert (entry.actor_label, entry.scope, entry.subject_id) == (str(user), event.delegation.slug, str(guest.pk))


def test_undo_scan_then_scan_again_is_admitted():
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    undo(door, scan(door, reading(guest))[0].id)

    assert outcomes(scan(door, reading(guest))) == ["admitted"]


def test_undo_scan_twice_changes_nothing():
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    admitted = scan(door, reading(guest))[0]

    first, second = undo(door, admitted.id), undo(door, admitted.id)

    assert first.scan == second.scan
    assert Scan.objects.count() == 2


def test_undo_scan_with_another_reading_standing_derives_presence_from_it():
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    first, later = minutes_ago(20), minutes_ago(10)
    mistaken = scan(door, reading(guest, scanned_at=first))[0]
    scan(door, reading(registration=guest.pk, scanned_at=later))

    undone = undo(door, mistaken.id)

    row = Attendance.objects.get()
    assert undone.inside
    assert (row.first_seen_at, row.last_seen_at, row.method) == (later, later, "list")


def test_undo_scan_exit_brings_the_guest_back_in():
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    scan(door, reading(guest, scanned_at=minutes_ago(20)))
    left = scan(door, reading(guest, direction="out"))[0]

    assert undo(door, left.id).inside
    assert present_count(event) == 1


def test_undo_scan_replayed_reading_stays_undone():
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    read = reading(guest)
    scan(door, read)
    undo(door, read.id)

    assert outcomes(scan(door, read)) == ["admitted"]  # the answer of then; it changes nothing
    assert present_count(event) == 0


def test_undo_scan_refusal_is_not_undoable():
    door = door_of(factories.event())
    refused = scan(door, reading(code="nobody"))[0]

    with pytest.raises(services.NotUndoable, match="nothing to undo"):
        undo(door, refused.id)


def test_undo_scan_undoing_is_not_undoable():
    event = factories.event()
    door = door_of(event)
    undone = undo(door, scan(door, reading(factories.registration(event)))[0].id)

    with pytest.raises(services.NotUndoable):
        undo(door, undone.scan.pk)


def test_undo_scan_after_closing_leaves_the_frozen_presence():
    at = factories.now()
    event = factories.event(starts_at=at + factories.timedelta(minutes=1))
    guest, door = factories.registration(event), door_of(event)
    admitted = scan(door, reading(guest))[0]
    desk.close_event(event=event, by=SYSTEM, at=at + factories.timedelta(hours=5))

    with pytest.raises(services.NotUndoable, match="frozen"):
        undo(door_of(event), admitted.id)
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("elsewhere", [True, False])
def test_undo_scan_of_another_checkpoint_or_nobody_is_not_found(elsewhere):
    event, other = factories.event(), factories.event()
    pk = scan(door_of(other), reading(factories.registration(other)))[0].id if elsewhere else uuid.uuid4()

    with pytest.raises(Scan.DoesNotExist):
        undo(door_of(event), pk)
    assert not Scan.objects.filter(outcome="undone").exists()
