"""Taking back a scan: a further row, and the attendance as the other scans tell it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from checkin.enums import EVIDENCE, Direction, Outcome
from checkin.models import Attendance, Checkpoint, Scan
from core import audit
from core.audit import Actor
from events.enums import Mode, Status
from registrations.models import Registration


class NotUndoable(Exception):
    """The scan can't be taken back; ``message`` says why, for the person at the door."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Undone:
    """The undoing row, and whether other readings still say that the guest is in."""

    scan: Scan
    inside: bool


@transaction.atomic
def undo_scan(*, scan_id: uuid.UUID, checkpoint: Checkpoint, by: Any, at: datetime) -> Undone:
    """Take back the scan ``scan_id`` of ``checkpoint`` (which comes with its event); a second time changes nothing.

    ``by`` is the user at the door. Raises Scan.DoesNotExist where the checkpoint has no such scan, and NotUndoable for a
    refusal, for an undoing, and once the event's counts are frozen.
    """
    scan = Scan.objects.get(pk=scan_id, checkpoint=checkpoint)
    _check(scan, checkpoint)
    guest = Registration.objects.select_for_update(no_key=True).get(scans=scan)
    undoing = Scan.objects.filter(undoes=scan).first()
    if undoing is not None:
        presence = Attendance.objects.filter(registration=guest, checkpoint=checkpoint).first()
        return Undone(undoing, presence is not None and presence.inside)
    undoing = Scan.objects.create(
        id=uuid.uuid4(), checkpoint=checkpoint, registration=guest, outcome=Outcome.UNDONE, direction=scan.direction,
        method=scan.method, undoes=scan, scanned_at=at, received_at=at, scanned_by=by,
    )  # fmt: skip
    presence = _derive(guest, checkpoint)
    scope, before = checkpoint.event.delegation.slug, {"scan": scan.pk, "outcome": scan.outcome}
    audit.record(by=Actor.of(by), at=at, action="scan.undone", subject=guest, scope=scope, before=before)
    return Undone(undoing, presence is not None and presence.inside)


def _check(scan: Scan, checkpoint: Checkpoint) -> None:
    if scan.outcome not in EVIDENCE:
        raise NotUndoable(_("There is nothing to undo: this scan let nobody in or out."))
    if checkpoint.event.status == Status.CLOSED:
        raise NotUndoable(_("The event is closed and its numbers are frozen, so this scan can't be undone any more."))


def _derive(guest: Registration, checkpoint: Checkpoint) -> Attendance | None:
    """Write the attendance that the scans which still stand tell, and return it; None when none stands."""
    rows = Scan.objects.filter(registration=guest, checkpoint=checkpoint, outcome__in=EVIDENCE, undone_by=None)
    standing = list(rows.order_by("scanned_at", "received_at", "pk"))
    if not standing:
        Attendance.objects.filter(registration=guest, checkpoint=checkpoint).delete()
        return None
    first, last = standing[0], standing[-1]
    told = {
        "first_seen_at": first.scanned_at,
        "last_seen_at": last.scanned_at,
        "inside": last.direction == Direction.IN,
        "method": first.method,
        "mode": Mode.IN_PERSON,
    }
    return Attendance.objects.update_or_create(registration=guest, checkpoint=checkpoint, defaults=told)[0]
