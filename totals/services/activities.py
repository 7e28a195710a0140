"""The register of activities: add, change, delete, each with its audit entry."""

import zoneinfo
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from core import audit
from core.audit import Actor
from delegations.models import Delegation, Network, Theme
from totals import wording
from totals.models import Activity
from totals.services.ledger import turn_page


class ActivityError(Exception):
    """The entry can't be made like this; ``field`` is where, ``message`` tells a person what to do."""

    field: str | None = None

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotYetHeld(ActivityError):
    """The day is still to come."""

    field = "held_on"


class TooEarly(ActivityError):
    """The day is before the delegation opened."""

    field = "held_on"


class NotOfThisDelegation(ActivityError):
    """The network or theme belongs to another delegation."""


def check_day(*, delegation: Delegation, held_on: date, at: datetime) -> None:
    """Whether something can have been done on ``held_on``, in the delegation's time zone. Raises NotYetHeld, TooEarly."""
    today = at.astimezone(zoneinfo.ZoneInfo(delegation.time_zone)).date()
    if held_on > today:
        raise NotYetHeld(_("That day is still to come. Note it down once it has taken place."))
    opened_on = delegation.opened_on
    if opened_on and held_on < opened_on:
        day = wording.day(opened_on)
        raise TooEarly(_("The delegation opened on %(day)s: check the year.") % {"day": day})


@transaction.atomic
def add_activity(
    *,
    delegation: Delegation,
    by: Actor,
    at: datetime,
    kind: str,
    held_on: date,
    title: str,
    network: Network | None = None,
    theme: Theme | None = None,
    **texts: str,
) -> Activity:
    """Note down what the delegation did on a day; ``texts`` are ``counterpart``, ``place`` and ``note``.

    Raises NotYetHeld, TooEarly, NotOfThisDelegation.
    """
    activity = Activity(
        delegation=delegation, kind=kind, held_on=held_on, title=title, network=network, theme=theme, **texts
    )
    activity.created_by_id, activity.created_at = by.user_id, at
    _save(activity, at)
    _record("activity.added", activity, by, at, after=_snapshot(activity))
    return activity


@transaction.atomic
def change_activity(*, activity: Activity, by: Actor, at: datetime, **fields: Any) -> Activity:
    """Correct an entry; the log keeps what it said before. Raises as ``add_activity`` does."""
    current = Activity.objects.select_for_update().get(pk=activity.pk)
    before = _snapshot(current)
    for name, value in fields.items():
        setattr(activity, name, value)
    old, new = audit.changes(before, _snapshot(activity))
    if new:
        _save(activity, at)
        _record("activity.changed", activity, by, at, before=old, after=new)
    return activity


@transaction.atomic
def delete_activity(*, activity: Activity, by: Actor, at: datetime) -> None:
    """Take out an entry that should not be there; the log keeps all that it said."""
    _record("activity.deleted", activity, by, at, before=_snapshot(activity))
    turn_page(activity.delegation)
    activity.delete()


def _save(activity: Activity, at: datetime) -> None:
    check_day(delegation=activity.delegation, held_on=activity.held_on, at=at)
    for term in (activity.network, activity.theme):
        if term is not None and term.delegation_id != activity.delegation_id:
            raise NotOfThisDelegation(_("Choose a network and a theme of your own delegation."))
    activity.updated_at = at
    activity.save()
    turn_page(activity.delegation)


def _snapshot(activity: Activity) -> dict[str, Any]:
    return model_to_dict(activity, exclude=["id", "created_by"])


def _record(action: str, activity: Activity, by: Actor, at: datetime, **sides: dict[str, Any]) -> None:
    audit.record(by=by, at=at, action=action, subject=activity, scope=activity.delegation.slug, **sides)
