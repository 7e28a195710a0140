"""What each letter says, in the active language: sentences only, no looks. Called with the reader's language active."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from events import dates
from events.calendar import page_url
from events.enums import Mode, Visibility
from events.models import Event
from registrations.enums import LetterKind, State
from registrations.letters.changes import Change, what_changed
from registrations.models import Letter, Registration
from registrations.selectors import manage_url, waiting_position


@dataclass(slots=True)
class Words:
    """A letter before it gets its looks. ``calendar`` is what becomes of the entry in the guest's calendar;
    ``private`` says that the letter holds what must not be passed on: the badge or the manage link.
    """

    subject: str
    heading: str
    paragraphs: list[str]
    closing: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    action: str = ""
    action_url: str = ""
    private: bool = False
    badge: bool = False
    meeting: bool = False
    practical: bool = False
    calendar: str = ""


def words_for(letter: Letter, at: datetime) -> Words:
    """The words of ``letter`` for its guest at ``at``."""
    return _WORDS[LetterKind(letter.kind)](letter, letter.registration, at)


def title(event: Event, language: str) -> str:
    """The event's title on one line, as close to ``language`` as it has it."""
    return " ".join(event.title.in_language(language, event.languages).split())


def _name(registration: Registration) -> dict[str, str]:
    return {"event": title(registration.event, registration.language)}


def _place(registration: Registration, words: Words) -> Words:
    """What belongs to a confirmed place: the badge for the room, the address of the meeting for the screen."""
    online = registration.mode == Mode.ONLINE
    words.badge, words.meeting = not online, online and bool(registration.event.online_url)
    words.calendar, words.private = "publish", True
    if online and not registration.event.online_url:
        words.paragraphs.append(_("You will get the address of the meeting with our reminder before the event."))
    words.action, words.action_url = _("See, change or cancel your registration"), manage_url(registration)
    return words


def _confirmed(letter: Letter, registration: Registration, at: datetime) -> Words:
    if registration.mode == Mode.ONLINE:
        paragraphs = [_("Thank you for registering. You are taking part online.")]
    else:
        paragraphs = [_("Thank you for registering. We look forward to welcoming you.")]
    words = Words(
        _("Your place is confirmed: %(event)s") % _name(registration), _("Your place is confirmed"), paragraphs
    )
    words.closing = [_("If you cannot come, please cancel: somebody else will be glad of the place.")]
    return _place(registration, words)


def _promoted(letter: Letter, registration: Registration, at: datetime) -> Words:
    words = Words(
        _("A place has become free for you: %(event)s") % _name(registration),
        _("You have a place"),
        [_("You were on the waiting list. A place has become free, and it is yours: your registration is confirmed.")],
        closing=[
            _("If you can no longer come, please cancel today, so that the next guest on the list hears in time.")
        ],
    )
    return _place(registration, words)


def _received(letter: Letter, registration: Registration, at: datetime) -> Words:
    return Words(
        _("We have received your registration: %(event)s") % _name(registration),
        _("Your registration has arrived"),
        [
            _("Thank you for your interest. The organisers look at each registration for this event."),
            _("You will get a letter as soon as they have decided. Until then your place is not confirmed."),
        ],
        action=_("See, change or cancel your registration"),
        action_url=manage_url(registration),
        private=True,
    )


def _waitlisted(letter: Letter, registration: Registration, at: datetime) -> Words:
    position = waiting_position(registration)
    return Words(
        _("You are on the waiting list: %(event)s") % _name(registration),
        _("You are on the waiting list"),
        [
            _("All places are taken at the moment. You are number %(position)s on the waiting list.")
            % {"position": position},
            _(
                "When a place becomes free, it goes to the first on the list at once. There is nothing more for you to do."
            ),
        ],
        closing=[_("If you no longer wish to come, please leave the list, so that others move up.")],
        action=_("See your registration or leave the list"),
        action_url=manage_url(registration),
        private=True,
    )


def _declined(letter: Letter, registration: Registration, at: datetime) -> Words:
    return Words(
        _("Your registration: %(event)s") % _name(registration),
        _("We cannot offer you a place"),
        [
            _("Thank you for your interest in this event. We are sorry that we cannot offer you a place this time."),
            *_reason(letter),
        ],
        closing=[_("We would be glad to welcome you on another occasion.")],
    )


def _reason(letter: Letter) -> list[str]:
    reason = str(letter.context.get("reason", "")).strip()
    return [reason] if reason else []


def _cancelled_by_guest(letter: Letter, registration: Registration, at: datetime) -> Words:
    words = Words(
        _("Your registration is cancelled: %(event)s") % _name(registration),
        _("Your registration is cancelled"),
        [_("We have cancelled your registration, as you asked. Thank you for letting us know.")],
        calendar="cancelled",
    )
    event = registration.event
    if event.visibility != Visibility.INVITATION and at < event.closes_at:
        words.closing = [_("Have your plans changed again? You are welcome to register anew.")]
        words.action, words.action_url = _("To the event"), page_url(event)
    return words


def _cancelled_by_organiser(letter: Letter, registration: Registration, at: datetime) -> Words:
    return Words(
        _("Your registration is cancelled: %(event)s") % _name(registration),
        _("Your registration is cancelled"),
        [_("The organisers have cancelled your registration for this event."), *_reason(letter)],
        closing=[_("If you think that this is a mistake, simply answer this letter.")],
        calendar="cancelled",
    )


def _event_changed(letter: Letter, registration: Registration, at: datetime) -> Words:
    words = Words(
        _("Please note a change: %(event)s") % _name(registration),
        _("Something has changed"),
        [_("The organisers have changed the event for which you are registered:")],
        changes=what_changed(letter),
        action=_("See, change or cancel your registration"),
        action_url=manage_url(registration),
        private=True,
    )
    if registration.status == State.CONFIRMED:
        words.calendar = "publish"
        words.meeting = registration.mode == Mode.ONLINE and bool(registration.event.online_url)
        words.closing = [
            _(
                "Your place stays yours, and your badge stays valid. The attached entry brings your calendar up to date."
            ),
            _("If you can no longer come, please cancel: somebody else will be glad of the place."),
        ]
    elif registration.status == State.WAITLISTED:
        words.closing = [_("You keep your position on the waiting list.")]
    return words


def _event_cancelled(letter: Letter, registration: Registration, at: datetime) -> Words:
    return Words(
        _("Cancelled: %(event)s") % _name(registration),
        _("The event is cancelled"),
        [_("We are sorry to tell you that this event will not take place."), *_reason(letter)],
        closing=[_("You need not do anything. We hope to welcome you on another occasion.")],
        calendar="cancelled" if registration.status == State.CONFIRMED else "",
    )


def _reminder(letter: Letter, registration: Registration, at: datetime) -> Words:
    event = registration.event
    values = {**_name(registration), "clock": dates.clock(event.local_start, registration.language)}
    days = (event.local_start.date() - at.astimezone(event.zone).date()).days
    subject = {0: _("Today at %(clock)s: %(event)s"), 1: _("Tomorrow at %(clock)s: %(event)s")}.get(
        days, _("Soon: %(event)s")
    )
    heading = {0: _("See you today"), 1: _("See you tomorrow")}.get(days, _("See you soon"))
    if registration.mode == Mode.ONLINE:
        paragraphs = [_("We look forward to having you with us online.")]
    else:
        paragraphs = [_("We look forward to welcoming you. Here is all that you need on the day.")]
    words = Words(subject % values, heading, paragraphs, practical=True)
    words.closing = [_("If you cannot come, please cancel now: somebody else will be glad of the place.")]
    return _place(registration, words)


def _thank_you(letter: Letter, registration: Registration, at: datetime) -> Words:
    return Words(
        _("Thank you for coming: %(event)s") % _name(registration),
        _("Thank you for coming"),
        [_("It was a pleasure to have you with us.")],
        closing=[_("Is there something that we should know, or do better? Simply answer this letter.")],
        action=_("See our next events"),
        action_url=f"{settings.PUBLIC_URL}/",
    )


def _link(letter: Letter, registration: Registration, at: datetime) -> Words:
    words = Words(
        _("Your registration: %(event)s") % _name(registration),
        _("Here is your registration"),
        [_("Somebody, most likely you, has asked for the link to your registration. It opens with the button below.")],
        action=_("See, change or cancel your registration"),
        action_url=manage_url(registration),
        private=True,
    )
    return _place(registration, words) if registration.status == State.CONFIRMED else words


_WORDS: dict[LetterKind, Callable[[Letter, Registration, datetime], Words]] = {
    LetterKind.CONFIRMED: _confirmed,
    LetterKind.PROMOTED: _promoted,
    LetterKind.RECEIVED: _received,
    LetterKind.WAITLISTED: _waitlisted,
    LetterKind.DECLINED: _declined,
    LetterKind.CANCELLED_BY_GUEST: _cancelled_by_guest,
    LetterKind.CANCELLED_BY_ORGANISER: _cancelled_by_organiser,
    LetterKind.EVENT_CHANGED: _event_changed,
    LetterKind.EVENT_CANCELLED: _event_cancelled,
    LetterKind.REMINDER: _reminder,
    LetterKind.THANK_YOU: _thank_you,
    LetterKind.LINK: _link,
}
