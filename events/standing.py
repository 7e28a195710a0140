"""How an event stands for somebody who wants to come, in the words and the colour of its page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import dates
from events.enums import Entry, Mode
from events.models import Event
from events.selectors import entry, pools_of

# The state of the pill (its colour) for each finding.
_PILLS = {
    Entry.OPEN: "open",
    Entry.WAITING: "full",
    Entry.FULL: "full",
    Entry.NOT_YET: "soon",
    Entry.OVER_DATE: "closed",
    Entry.INVITATION: "closed",
    Entry.CANCELLED: "cancelled",
    Entry.OVER: "over",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said: ``label`` in a list, in the colour of ``pill``; ``headline`` and ``detail`` on the page; ``button`` or ""."""

    entry: Entry
    pill: str
    label: str
    headline: str
    detail: str
    button: str


def standing(event: Event, at: datetime) -> Standing:
    """How ``event`` stands at ``at``, in the active language. Asks no more than the event's pools."""
    found = entry(event, at)
    headline, detail = _words(found, event)
    button = {Entry.OPEN: _("Register"), Entry.WAITING: _("Join the waiting list")}.get(found, "")
    return Standing(found, _pill(found, event), _label(found, event), headline, detail, button)


def is_nearly_full(event: Event) -> bool:
    """Whether a tenth of the places or less is left, over all modes; never for an event without a limit.

    A page says no more than that: an exact number would tell a stranger whether an address that they register was
    registered before.
    """
    pools = pools_of(event)
    sizes = [(pool.size, pool.left) for mode in event.modes if (pool := pools.get(mode))]
    limited = [(size, left) for size, left in sizes if size is not None and left is not None]
    if not limited or len(limited) < len(sizes):
        return False
    return 10 * sum(left for _size, left in limited) <= sum(size for size, _left in limited)


def _pill(found: Entry, event: Event) -> str:
    return "few" if found == Entry.OPEN and is_nearly_full(event) else _PILLS[found]


def _label(found: Entry, event: Event) -> str:
    language = get_language() or "en"
    if found == Entry.NOT_YET and event.registration_opens_at:
        day = dates.short_day(event.registration_opens_at.astimezone(event.zone), language)
        return _("Opens on %(day)s") % {"day": day}
    if found == Entry.OPEN and is_nearly_full(event):
        return _("Few places left")
    return {
        Entry.OPEN: _("Open"),
        Entry.WAITING: _("Full: waiting list"),
        Entry.FULL: _("Full"),
        Entry.OVER_DATE: _("Registration closed"),
        Entry.INVITATION: _("By invitation"),
        Entry.CANCELLED: _("Cancelled"),
        Entry.OVER: _("Over"),
    }[found]


def _words(found: Entry, event: Event) -> tuple[str, str]:
    if found == Entry.OPEN:
        return _open_words(event)
    if found == Entry.NOT_YET and event.registration_opens_at:
        opens = dates.moment(event.registration_opens_at, event, get_language() or "en")
        return _("Registration opens on %(moment)s") % {"moment": opens}, _("Come back then: it takes a minute.")
    return {
        Entry.WAITING: (
            _("Full: join the waiting list"),
            _("When a place becomes free, the first on the list gets it, and a letter."),
        ),
        Entry.FULL: (_("All places are taken"), _("There is no waiting list for this event.")),
        Entry.OVER_DATE: (_("Registration is closed"), _("If you would still like to come, write to the organisers.")),
        Entry.INVITATION: (_("By invitation"), _("The organisers add the guests of this event.")),
        Entry.CANCELLED: (_("This event is cancelled"), event.cancelled_reason),
        Entry.OVER: (_("This event is over"), _("Thank you to everybody who came.")),
    }[found]


def _open_words(event: Event) -> tuple[str, str]:
    headline = _("Few places left") if is_nearly_full(event) else _("Registration is open")
    full = [mode for mode, pool in pools_of(event).items() if mode in event.modes and pool.is_full]
    closes = dates.moment(event.closes_at, event, get_language() or "en")
    if full and full[0] == Mode.IN_PERSON:
        return headline, _("The room is full; you can still take part online.")
    if full:
        return headline, _("All online places are taken; you can still come in person.")
    if event.registration_closes_at:
        return headline, _("Until %(moment)s.") % {"moment": closes}
    return headline, ""
