"""Roles in a delegation and what each may do."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member is in a delegation."""

    ADMIN = "admin", _("administrator")
    ORGANISER = "organiser", _("organiser")
    DOOR = "door", _("door")
    VIEWER = "viewer", _("viewer")


class Permission(StrEnum):
    """What one may be allowed to do."""

    VIEW_EVENTS = "view_events"
    MANAGE_EVENTS = "manage_events"
    VIEW_GUESTS = "view_guests"
    MANAGE_GUESTS = "manage_guests"
    CHECK_IN = "check_in"
    VIEW_TOTALS = "view_totals"
    MANAGE_ACTIVITIES = "manage_activities"


# A viewer reads numbers, not people; the door reads the names of its guests and nothing else.
_NUMBERS = frozenset({Permission.VIEW_EVENTS, Permission.VIEW_TOTALS})
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.ORGANISER: frozenset(Permission),
    Role.DOOR: frozenset({Permission.CHECK_IN}),
    Role.VIEWER: _NUMBERS,
}

# What the members of a co-host may do at most; each of these is opened by the lead host on the co-host's row.
CO_HOST_GRANTS = frozenset({Permission.VIEW_EVENTS, Permission.VIEW_GUESTS, Permission.CHECK_IN})


def roles_with(permission: Permission) -> list[str]:
    """The roles that hold ``permission``."""
    return [role.value for role, granted in GRANTS.items() if permission in granted]


class Scope(models.TextChoices):
    """What an API token may be used for, within what its user may do."""

    READ = "read", _("read events, registrations and totals")
    WRITE = "write", _("create and change events and registrations")
    SCAN = "scan", _("send scans")
