"""The words of the door."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckpointKind(models.TextChoices):
    """What is checked at a checkpoint."""

    DOOR = "door", _("door")
    DAY = "day", _("day")
    SESSION = "session", _("session")
    LUNCH = "lunch", _("lunch")


class Direction(models.TextChoices):
    """Which way a person goes."""

    IN = "in", _("in")
    OUT = "out", _("out")


class Outcome(models.TextChoices):
    """The verdict on one scan; a stable word of the API."""

    ADMITTED = "admitted", _("welcome")
    ALREADY_IN = "already_in", _("already in")
    LEFT = "left", _("left")
    UNKNOWN_CODE = "unknown_code", _("unknown code")
    WRONG_EVENT = "wrong_event", _("badge of another event")
    NOT_CONFIRMED = "not_confirmed", _("not confirmed")
    CANCELLED = "cancelled", _("cancelled")
    OUTSIDE_HOURS = "outside_hours", _("outside the opening hours")
    UNDONE = "undone", _("undone")


# The answer to an item that can't be read as a scan; it is told and not kept, since there is nothing to keep.
INVALID = "invalid"

# What a reading says about presence; all other outcomes are refusals.
EVIDENCE = (Outcome.ADMITTED, Outcome.ALREADY_IN, Outcome.LEFT)


class Method(models.TextChoices):
    """On what evidence a presence stands."""

    SCAN = "scan", _("scan")
    LIST = "list", _("name list")
    SIGNATURE = "signature", _("signature")
    DOOR_COUNT = "door_count", _("door count")
    PLATFORM = "platform", _("platform report")
    ESTIMATE = "estimate", _("estimate")
