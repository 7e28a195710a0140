"""Who may pass: the rules of the door, without a look at the database."""

from datetime import datetime, timedelta

from checkin.enums import Direction, Outcome
from checkin.models import Attendance, Checkpoint
from events.enums import Status
from registrations.enums import State
from registrations.models import Registration

# A device keeps what it could not send for a week at most (browsers drop their storage then); older is a wrong clock.
LONGEST_DELAY = timedelta(days=7)


def refusal(*, checkpoint: Checkpoint, guest: Registration | None, scanned_at: datetime) -> Outcome | None:
    """Why ``guest`` may not pass the checkpoint at ``scanned_at``, or None. The event's state comes with the checkpoint."""
    if guest is None:
        return Outcome.UNKNOWN_CODE
    if guest.event_id != checkpoint.event_id:
        return Outcome.WRONG_EVENT
    if guest.status == State.CANCELLED or checkpoint.event.status == Status.CANCELLED:
        return Outcome.CANCELLED
    if guest.status != State.CONFIRMED:
        return Outcome.NOT_CONFIRMED
    if not _is_open(checkpoint, scanned_at):
        return Outcome.OUTSIDE_HOURS
    return None


def _is_open(checkpoint: Checkpoint, moment: datetime) -> bool:
    # The counts of a closed event are frozen: nobody comes in any more.
    if checkpoint.event.status != Status.PUBLISHED:
        return False
    if checkpoint.opens_at and moment < checkpoint.opens_at:
        return False
    return not (checkpoint.closes_at and moment >= checkpoint.closes_at)


def passage(*, presence: Attendance | None, direction: str) -> Outcome:
    """What passing in ``direction`` means for somebody with this attendance so far."""
    if direction == Direction.OUT:
        return Outcome.LEFT
    return Outcome.ALREADY_IN if presence is not None and presence.inside else Outcome.ADMITTED


def believable(*, scanned_at: datetime, at: datetime) -> datetime:
    """``scanned_at`` by the device's clock, or ``at`` by the server's where the device's is in the future or long ago."""
    return scanned_at if at - LONGEST_DELAY <= scanned_at <= at else at
