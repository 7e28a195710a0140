"""The words of the desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GuestTab(models.TextChoices):
    """The counted tabs of a guest list."""

    ALL = "all", _("All")
    CONFIRMED = "confirmed", _("Confirmed")
    WAITING = "waiting", _("Waiting")
    PENDING = "pending", _("Awaiting approval")
    CANCELLED = "cancelled", _("Cancelled or declined")
    CHECKED_IN = "checked_in", _("Checked in")
    NOT_CHECKED_IN = "not_checked_in", _("Not checked in")


class EventTab(models.TextChoices):
    """The tabs of the list of events."""

    UPCOMING = "upcoming", _("Upcoming")
    DRAFTS = "drafts", _("Drafts")
    PAST = "past", _("Past")
    CANCELLED = "cancelled", _("Cancelled")
