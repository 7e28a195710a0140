"""The words of a registration and its letters."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a registration stands."""

    UNVERIFIED = "unverified", pgettext_lazy("registration", "address to be confirmed")
    PENDING = "pending", pgettext_lazy("registration", "awaits approval")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "confirmed")
    WAITLISTED = "waitlisted", pgettext_lazy("registration", "on the waiting list")
    DECLINED = "declined", pgettext_lazy("registration", "declined")
    CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled")


# One live registration per event and address: these are the live ones.
LIVE = [State.UNVERIFIED, State.PENDING, State.CONFIRMED, State.WAITLISTED]


class Source(models.TextChoices):
    """By which way a registration came."""

    FORM = "form", _("form")
    STAFF = "staff", _("added by the organisers")
    API = "api", _("API")
    WALK_IN = "walk_in", _("at the door")


class Part(models.TextChoices):
    """The part a person plays; it decides on which line of the statement they count (Counting rules of the field)."""

    ATTENDEE = "attendee", _("attendee")
    SPEAKER = "speaker", _("speaker")
    STAFF = "staff", _("staff")
    INTERPRETER = "interpreter", _("interpreter")


class LetterKind(models.TextChoices):
    """What a letter is about."""

    CONFIRMED = "confirmed", _("confirmation")
    RECEIVED = "received", _("request received")
    WAITLISTED = "waitlisted", _("waiting list")
    PROMOTED = "promoted", _("a place became free")
    DECLINED = "declined", _("declined")
    CANCELLED_BY_GUEST = "cancelled_by_guest", _("cancelled by the guest")
    CANCELLED_BY_ORGANISER = "cancelled_by_organiser", _("cancelled by the organisers")
    EVENT_CHANGED = "event_changed", _("event changed")
    EVENT_CANCELLED = "event_cancelled", _("event cancelled")
    REMINDER = "reminder", _("reminder")
    THANK_YOU = "thank_you", _("thank-you")
    LINK = "link", _("link to the registration")


class LetterState(models.TextChoices):
    """How far a letter got."""

    QUEUED = "queued", _("on its way")
    DELAYED = "delayed", _("delayed")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not delivered")
    DROPPED = "dropped", _("no longer needed")
