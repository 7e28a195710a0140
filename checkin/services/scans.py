"""Readings become scans, and scans become attendance: once each, whoever sends them and however often."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from checkin.codes import candidates, digest
from checkin.enums import INVALID, Direction, Method, Outcome
from checkin.models import Attendance, Checkpoint, Scan
from checkin.readings import Reading, Verdict
from checkin.services import rules
from core.prepared import Prepared
from events.enums import Mode
from registrations.models import Registration

ATTEMPTS = 3


def record_scans(*, checkpoint: Checkpoint, readings: Sequence[Reading], by: Any, at: datetime) -> list[Verdict]:
    """Keep the readings as scans of ``checkpoint`` (which comes with its event) and answer each, in the given order.

    ``by`` is the user at the door, ``at`` the server's time in UTC. A reading whose id was kept before gets the answer
    that was kept, whatever the rules would say by now. Refusals are kept too.
    """
    # Nearly every id is new, so the first attempt leaves the look for kept ones to the primary key, which saves a query:
    # where one of them is kept already, nothing of that attempt stays, and the next one looks first.
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _record(checkpoint, readings, by, at, look=attempt > 0)
        except IntegrityError:
            if attempt + 1 == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _record(checkpoint: Checkpoint, readings: Sequence[Reading], by: Any, at: datetime, *, look: bool) -> list[Verdict]:
    guests = _Guests(checkpoint, readings)
    answers = _kept(checkpoint, readings) if look else {}
    batch = _Batch(checkpoint, guests.present(), by, at)
    for reading in readings:
        if reading.id not in answers:
            answers[reading.id] = batch.judge(reading, guests.of(reading))
    batch.save()
    return [answers[reading.id] for reading in readings]


def _locked(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    fields = ("event_id", "status", "badge_code", "given_name", "family_name", "organisation")
    return rows.select_for_update(no_key=True).order_by("pk").only(*fields)


def _by_code_or_key(codes: Collection[str], keys: Collection[int], event: int) -> QuerySet[Registration]:
    # A number that belongs to another event finds nobody, and so tells nothing about that event.
    return _locked(Registration.objects.filter(Q(badge_code__in=codes) | Q(pk__in=keys, event=event)))


_by_code = Prepared(lambda codes: _locked(Registration.objects.filter(badge_code__in=codes)))
_attendances = Prepared(
    lambda keys, checkpoint: Attendance.objects.filter(checkpoint=checkpoint, registration__in=keys)
)


class _Guests:
    """The registrations that the readings speak of, locked until the end of the transaction.

    The lock is what makes two doors take turns over one badge; it is taken in the order of the keys, so that two batches
    never wait for each other, and before scans and attendances are looked at, so that the look is fresh.
    """

    def __init__(self, checkpoint: Checkpoint, readings: Sequence[Reading]) -> None:
        self.checkpoint = checkpoint
        self.codes = {reading.code: candidates(reading.code) for reading in readings if reading.code}
        codes = sorted({code for codes in self.codes.values() for code in codes})
        keys = {reading.registration for reading in readings if reading.registration}
        rows = _by_code_or_key(codes, keys, checkpoint.event_id) if keys else _by_code(codes) if codes else []
        self.by_key = {row.pk: row for row in rows}
        self.by_code = {row.badge_code: row for row in self.by_key.values()}

    def of(self, reading: Reading) -> Registration | None:
        if reading.registration:
            return self.by_key.get(reading.registration)
        return next((self.by_code[code] for code in self.codes.get(reading.code, ()) if code in self.by_code), None)

    def present(self) -> dict[int, Attendance]:
        """What is known so far of their attendance here, by registration id."""
        rows = _attendances(list(self.by_key), self.checkpoint.pk) if self.by_key else []
        return {row.registration_id: row for row in rows}


def _kept(checkpoint: Checkpoint, readings: Sequence[Reading]) -> dict[UUID, Verdict]:
    rows = Scan.objects.filter(pk__in={reading.id for reading in readings}).select_related("registration")
    return {row.pk: told(row) if row.checkpoint_id == checkpoint.pk else _taken(row.pk) for row in rows}


def told(scan: Scan) -> Verdict:
    """The answer that was given when ``scan`` was kept; asks for its registration unless that was selected with it."""
    return Verdict(id=scan.pk, outcome=scan.outcome, guest=scan.registration, first_seen_at=scan.first_seen_at)


def _taken(pk: UUID) -> Verdict:
    detail = _("This id belongs to another scan already. Make a new one for this scan.")
    return Verdict(id=pk, outcome=INVALID, detail=detail)


class _Batch:
    """The scans to be kept, and the attendances that they change."""

    def __init__(self, checkpoint: Checkpoint, present: dict[int, Attendance], by: Any, at: datetime) -> None:
        self.checkpoint, self.present, self.by, self.at = checkpoint, present, by, at
        self.scans: list[Scan] = []
        self.changed: dict[int, Attendance] = {}

    def judge(self, reading: Reading, guest: Registration | None) -> Verdict:
        moment = rules.believable(scanned_at=reading.scanned_at, at=self.at)
        refused = rules.refusal(checkpoint=self.checkpoint, guest=guest, scanned_at=moment)
        if guest is None or refused:
            # A guest of another event is neither kept nor told.
            known = None if refused == Outcome.WRONG_EVENT else guest
            scan = self._scan(reading, known, refused or Outcome.UNKNOWN_CODE, moment)
        else:
            presence = self.present.get(guest.pk)
            scan = self._scan(reading, guest, rules.passage(presence=presence, direction=reading.direction), moment)
            scan.first_seen_at = self._note(reading, guest, moment).first_seen_at
        self.scans.append(scan)
        return told(scan)

    def _note(self, reading: Reading, guest: Registration, moment: datetime) -> Attendance:
        presence = self.present.get(guest.pk)
        if presence is None:
            presence = self.present[guest.pk] = Attendance(
                registration=guest, checkpoint=self.checkpoint, mode=Mode.IN_PERSON, method=_method(reading),
                first_seen_at=moment, last_seen_at=moment,
            )  # fmt: skip
        if moment >= presence.last_seen_at:
            presence.last_seen_at, presence.inside = moment, reading.direction == Direction.IN
        # A device that was offline may tell of an earlier reading after a later one.
        presence.first_seen_at = min(presence.first_seen_at, moment)
        self.changed[guest.pk] = presence
        return presence

    def _scan(self, reading: Reading, guest: Registration | None, outcome: Outcome, moment: datetime) -> Scan:
        return Scan(
            id=reading.id, checkpoint=self.checkpoint, registration=guest, outcome=outcome, direction=reading.direction,
            method=_method(reading), code_digest=digest(reading.code) if reading.code else "",
            scanned_at=moment, received_at=self.at, scanned_by=self.by,
        )  # fmt: skip

    def save(self) -> None:
        """Two statements at most. Scans go in by id, so that two batches with the same ids can't deadlock."""
        if self.scans:
            Scan.objects.bulk_create(sorted(self.scans, key=lambda scan: scan.pk))
        if self.changed:
            Attendance.objects.bulk_create(
                [Attendance(**_values(presence)) for presence in self.changed.values()],
                update_conflicts=True,
                unique_fields=["registration", "checkpoint"],
                update_fields=["first_seen_at", "last_seen_at", "inside"],
            )


def _method(reading: Reading) -> Method:
    return Method.LIST if reading.registration else Method.SCAN


def _values(presence: Attendance) -> dict[str, Any]:
    names = ("registration_id", "checkpoint_id", "first_seen_at", "last_seen_at", "inside", "mode", "method")
    return {name: getattr(presence, name) for name in names}
