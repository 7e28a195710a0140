"""What closing an event would freeze, and what looks wrong before it is done."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkin.models import Attendance
from events.enums import Mode
from events.models import Event, Pool
from registrations.enums import State
from registrations.models import Registration
from totals.enums import Figure
from totals.models import OpeningBalance, Statement
from totals.selectors.counting import Counts, counts_of
from totals.selectors.statements import current_statement, opening_balance
from totals.wording import day, number


@dataclass(frozen=True, slots=True)
class ClosingPreview:
    """What would be frozen now. ``warnings`` are sentences about what looks wrong, ``notes`` about what is only good to know.

    ``moves`` is by how much the published figure of participants would change, ``before`` the statement that stands already.
    """

    counts: Counts
    warnings: list[str]
    notes: list[str]
    moves: int
    before: Statement | None


def closing_preview(event: Event, at: datetime | None = None) -> ClosingPreview:
    """What ``freeze_statement`` would write for ``event``; with ``at``, also whether the event is over yet."""
    counts = counts_of(event)
    balance = opening_balance(event.delegation, Figure.PARTICIPANTS)
    before = current_statement(event)
    covered = balance is not None and event.local_start.date() <= balance.as_of
    adds = counts.participants if event.counts and not covered else 0
    return ClosingPreview(
        counts=counts,
        warnings=[*_too_soon(event, at), *_evidence(event, counts), *_too_many(event, counts), *_undecided(event)],
        notes=[*_not_counting(event), *_covered(balance if covered else None)],
        moves=adds - (before.participants if before and before.counts and not covered else 0),
        before=before,
    )


def _too_soon(event: Event, at: datetime | None) -> list[str]:
    if at is None or at >= event.ends_at:
        return []
    return [_("The event is not over yet: whoever still comes would not be counted.")]


def _evidence(event: Event, counts: Counts) -> list[str]:
    if not counts.participants and counts.confirmed:
        text = ngettext(
            "Nobody was checked in, though one person is confirmed. Check them in by name at the door page first.",
            "Nobody was checked in, though %(count)s people are confirmed. Check them in by name at the door page first.",
            counts.confirmed,
        )
        return [text % {"count": number(counts.confirmed)}]
    if Mode.ONLINE in event.modes and not counts.present_online:
        return [_("Nobody is recorded as present online: those who followed online are in no count.")]
    return []


def _too_many(event: Event, counts: Counts) -> list[str]:
    sizes = dict(Pool.objects.filter(event=event).values_list("mode", "size"))
    present = {Mode.IN_PERSON: counts.present_in_person, Mode.ONLINE: counts.present_online}
    text = _("%(present)s people are counted as present (%(mode)s), but there were %(size)s places.")
    warnings = [
        text % {"present": number(present[Mode(mode)]), "mode": Mode(mode).label, "size": number(size)}
        for mode, size in sizes.items()
        if size is not None and present[Mode(mode)] > size
    ]
    room = event.room
    if room and counts.present_in_person > room.capacity:
        text = _("%(present)s people are counted in the room %(room)s, which holds %(capacity)s.")
        values = {"present": counts.present_in_person, "room": room.name, "capacity": room.capacity}
        warnings.append(text % values)
    return warnings


def _undecided(event: Event) -> list[str]:
    rows = Registration.objects.filter(event=event)
    pending = rows.filter(status=State.PENDING).count()
    turned_away = Attendance.objects.filter(checkpoint__event=event).exclude(registration__status=State.CONFIRMED)
    present = turned_away.values("registration").distinct().count()
    warnings = []
    if pending:
        text = ngettext(
            "%(count)s request still awaits your approval.", "%(count)s requests still await your approval.", pending
        )
        warnings.append(text % {"count": number(pending)})
    if present:
        text = ngettext(
            "%(count)s person was present without a confirmed place; they count, since they were seen.",
            "%(count)s people were present without a confirmed place; they count, since they were seen.",
            present,
        )
        warnings.append(text % {"count": number(present)})
    return warnings


def _not_counting(event: Event) -> list[str]:
    if event.counts:
        return []
    reason = event.counts_reason or _("no reason was given")
    return [_("This event does not count towards the participants: %(reason)s.") % {"reason": reason.rstrip(".")}]


def _covered(balance: OpeningBalance | None) -> list[str]:
    if balance is None:
        return []
    text = _(
        "The event took place on or before %(day)s. The opening balance counts up to that day, "
        "so the event is not added a second time."
    )
    return [text % {"day": day(balance.as_of)}]
