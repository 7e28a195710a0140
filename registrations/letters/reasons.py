"""Whether a letter still says the truth when its turn comes; one that no longer does is dropped, not sent."""

from datetime import datetime

from events.enums import Status
from events.models import Event
from registrations.enums import LIVE, LetterKind, State
from registrations.letters.changes import what_changed
from registrations.models import Letter

# The states of a registration in which a letter is true. A kind that is not here holds in any state.
_TRUE_IN = {
    LetterKind.CONFIRMED: {State.CONFIRMED},
    LetterKind.PROMOTED: {State.CONFIRMED},
    LetterKind.REMINDER: {State.CONFIRMED},
    LetterKind.RECEIVED: {State.PENDING, State.UNVERIFIED},
    LetterKind.WAITLISTED: {State.WAITLISTED},
    LetterKind.DECLINED: {State.DECLINED},
    LetterKind.CANCELLED_BY_GUEST: {State.CANCELLED},
    LetterKind.CANCELLED_BY_ORGANISER: {State.CANCELLED},
    LetterKind.EVENT_CHANGED: {State.PENDING, State.CONFIRMED, State.WAITLISTED},
    LetterKind.LINK: set(LIVE),
    LetterKind.EVENT_CANCELLED: set(LIVE),
}
# Letters that help somebody to come; useless once the event is over or off.
_ON_THE_WAY = {
    LetterKind.CONFIRMED,
    LetterKind.PROMOTED,
    LetterKind.RECEIVED,
    LetterKind.WAITLISTED,
    LetterKind.EVENT_CHANGED,
    LetterKind.LINK,
}


def why_not(letter: Letter, at: datetime) -> str:
    """Why ``letter`` is not needed any more at ``at``, for the organisers' log; "" when it is to be sent."""
    return _guest_moved_on(letter) or _event_moved_on(letter, letter.registration.event, at)


def _guest_moved_on(letter: Letter) -> str:
    registration = letter.registration
    if letter.to != registration.email:
        return f"the address of the guest changed from {letter.to}"
    if registration.status not in _TRUE_IN.get(LetterKind(letter.kind), set(State)):
        return f"the registration is {registration.status} now"
    return ""


def _event_moved_on(letter: Letter, event: Event, at: datetime) -> str:
    off = event.status != Status.PUBLISHED
    if letter.kind == LetterKind.EVENT_CANCELLED and event.status != Status.CANCELLED:
        return f"the event is {event.status}"
    if letter.kind == LetterKind.REMINDER and (off or at >= event.starts_at):
        return "the event is off or has begun"
    if letter.kind in _ON_THE_WAY and (off or at >= event.ends_at):
        return "the event is off or over"
    if letter.kind == LetterKind.EVENT_CHANGED and not what_changed(letter):
        return "the change was taken back"
    return ""
