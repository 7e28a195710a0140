"""Freezing the counts of an event."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.audit import Actor
from events.enums import Status
from events.models import Event
from totals.models import Statement
from totals.selectors.counting import counts_of
from totals.services.ledger import turn_page


class StatementError(Exception):
    """The books of an event can't be closed like this; ``message`` tells a person why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NothingToFreeze(StatementError):
    """The event did not take place, or not yet."""


class ReasonNeeded(StatementError):
    """A statement is there already; a new version must say why it replaces it."""


@transaction.atomic
def freeze_statement(*, event: Event, by: Actor, at: datetime, reason: str = "") -> Statement:
    """Count the event's evidence as it stands and freeze it as the version that the totals add up.

    The first version needs no ``reason``; each later one does, and the versions before it stay readable. Returns the new
    statement. Raises NothingToFreeze for a draft or a cancelled event, ReasonNeeded. A constant number of queries.
    """
    current = Event.objects.select_for_update(of=("self",)).select_related("delegation").get(pk=event.pk)
    if current.status not in (Status.PUBLISHED, Status.CLOSED):
        raise NothingToFreeze(
            _("A draft or a cancelled event has nothing to count. Only an event that took place does.")
        )
    before = Statement.objects.filter(event=current).order_by("-version").first()
    reason = reason.strip()
    if before and not reason:
        raise ReasonNeeded(_("Say why you count again: the reason is kept with the new version."))
    Statement.objects.filter(event=current, is_current=True).update(is_current=False)
    statement = _freeze(current, before, by, at, reason)
    turn_page(current.delegation)
    _record(statement, before, by, at)
    return statement


def _freeze(event: Event, before: Statement | None, by: Actor, at: datetime, reason: str) -> Statement:
    return Statement.objects.create(
        event=event,
        delegation=event.delegation,
        version=before.version + 1 if before else 1,
        # Closed before its planned day, it was held when it was closed.
        held_on=min(event.local_start.date(), at.astimezone(event.zone).date()),
        title=event.title,
        counts=event.counts,
        counts_reason=event.counts_reason,
        reason=reason,
        closed_by=by.label,
        closed_at=at,
        **asdict(counts_of(event)),
    )


_SHOWN = ("version", "counts", "registered", "confirmed", "participants", "speakers", "walk_ins", "no_shows", "reason")


def _record(statement: Statement, before: Statement | None, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        action="statement.frozen",
        subject=statement,
        scope=statement.delegation.slug,
        before={name: getattr(before, name) for name in _SHOWN} if before else None,
        after={name: getattr(statement, name) for name in _SHOWN},
    )
