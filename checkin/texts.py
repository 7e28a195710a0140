"""What the door says, for the pages and for the app alike."""

from django.utils.translation import gettext as _

from checkin.enums import INVALID, Outcome
from registrations.enums import State

# The door app puts the guest's facts into these by name, as in {time}.
SIGNS = {
    Outcome.ADMITTED: "check",
    Outcome.ALREADY_IN: "people",
    Outcome.LEFT: "leave",
    Outcome.NOT_CONFIRMED: "wait",
    Outcome.OUTSIDE_HOURS: "clock",
    Outcome.UNDONE: "undo",
}


def sign(outcome: str) -> str:
    """The icon of an outcome."""
    return {str(key): name for key, name in SIGNS.items()}.get(outcome, "close")


def words(outcome: str, status: str = "") -> tuple[str, str]:
    """The word that fills the screen and what to do next, for an outcome and, if it hangs on it, the guest's state."""
    table = verdicts()
    entry = table.get(f"{outcome}.{status}") or table.get(outcome) or table[INVALID]
    return entry["word"], entry["note"]


def verdicts() -> dict[str, dict[str, str]]:
    """Word, note and sign by outcome, and by ``outcome.state`` where the guest's state says more."""
    to_organisers = _("Please send them to the organisers.")
    rows = {
        Outcome.ADMITTED: (_("Welcome"), ""),
        Outcome.ALREADY_IN: (_("Already in"), ""),
        Outcome.LEFT: (_("Goodbye"), ""),
        Outcome.UNKNOWN_CODE: (_("Unknown code"), _("This is no badge of ours. Find the person by name instead.")),
        Outcome.WRONG_EVENT: (
            _("Another event"),
            _("This badge belongs to another event. Find the person by name; perhaps they have both."),
        ),
        Outcome.NOT_CONFIRMED: (_("Not confirmed"), to_organisers),
        f"{Outcome.NOT_CONFIRMED}.{State.WAITLISTED}": (_("On the waiting list"), to_organisers),
        f"{Outcome.NOT_CONFIRMED}.{State.PENDING}": (_("Not approved yet"), to_organisers),
        f"{Outcome.NOT_CONFIRMED}.{State.UNVERIFIED}": (_("Address not confirmed yet"), to_organisers),
        f"{Outcome.NOT_CONFIRMED}.{State.DECLINED}": (_("Declined"), to_organisers),
        Outcome.CANCELLED: (_("Cancelled"), to_organisers),
        f"{Outcome.CANCELLED}.{State.CONFIRMED}": (_("Event cancelled"), _("This event does not take place.")),
        Outcome.OUTSIDE_HOURS: (_("Door closed"), _("Nobody is checked in here at this time.")),
        Outcome.UNDONE: (_("Undone"), _("The scan is taken back.")),
        INVALID: (_("Not readable"), _("Please scan again, or find the person by name.")),
    }
    return {
        str(key): {"word": word, "note": note, "sign": sign(str(key).split(".")[0])}
        for key, (word, note) in rows.items()
    }


def app_texts() -> dict[str, str]:
    """The other texts of the door app."""
    return {
        "since": _("since {time}"),
        "sinceDay": _("since {day}, {time}"),
        "next": _("Next badge"),
        "undo": _("Undo"),
        "undoLeft": _("Undo ({seconds})"),
        "undone": _("undone"),
        "stillIn": _("{name} still counts as in: the badge was read more than once."),
        "checking": _("Checking…"),
        "unsent": _("No answer"),
        "unsentNote": _("We don’t know whether this scan arrived. Try again: it counts once only."),
        "unsentSome": _("Scans without an answer"),
        "timedOut": _("The server takes too long to answer."),
        "offline": _("The server can’t be reached. Is this device connected?"),
        "signedOut": _("You are signed out. Sign in again in another tab, then try again."),
        "noAccess": _("This door is no longer open to you. Ask the organisers."),
        "serverError": _("The server could not answer."),
        "tryAgain": _("Try again"),
        "leaveIt": _("Leave it"),
        "notUndone": _("Not undone"),
        "cameraStart": _("Start the camera"),
        "cameraStop": _("Stop the camera"),
        "cameraStarting": _("Starting the camera…"),
        "cameraDenied": _(
            "The camera is blocked for this site. Allow it in the browser’s settings, or use the fields below."
        ),
        "cameraMissing": _("This device has no camera. A keyboard scanner and the fields below work."),
        "cameraInsecure": _("The camera needs a secure address (https). A keyboard scanner and the fields below work."),
        "cameraBusy": _("The camera can’t be used now: perhaps another program has it."),
        "decoderMissing": _("The QR reader could not be loaded. Reload the page, or use the fields below."),
        "aim": _("Hold the badge’s QR code in front of the camera."),
        "tally": _("{present} in, {expected} expected"),
        "checkIn": _("Check in"),
        "inSince": _("in since {time}"),
        "nobody": _("Nobody of that name is on the list."),
        "searching": _("Searching…"),
        "searchFailed": _("The search got no answer. Type on to try again."),
        "noScans": _("Nothing scanned yet."),
        "soundOn": _("Sound is on"),
        "soundOff": _("Sound is off"),
    }
