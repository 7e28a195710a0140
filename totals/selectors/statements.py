"""Statements, as members of their delegation may read them."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from delegations.enums import Permission
from delegations.models import Delegation
from delegations.selectors import delegations_for
from events.models import Event
from totals.enums import Figure
from totals.models import OpeningBalance, Statement
from totals.selectors.totalling import within


def statements_for(user: Any, permission: Permission = Permission.VIEW_TOTALS) -> QuerySet[Statement]:
    """The statements of the delegations in which ``user`` holds ``permission``, all versions."""
    return Statement.objects.filter(delegation__in=delegations_for(user, permission)).select_related(
        "event", "delegation"
    )


def statement_for(user: Any, pk: int, permission: Permission = Permission.VIEW_TOTALS) -> Statement:
    """One of ``statements_for``. Raises Statement.DoesNotExist for everybody else."""
    return statements_for(user, permission).get(pk=pk)


def versions_of(statement: Statement) -> list[Statement]:
    """All versions of the statement, latest first."""
    return list(Statement.objects.filter(event=statement.event_id).order_by("-version"))


def current_statement(event: Event) -> Statement | None:
    """The statement that stands for ``event``, None before it is closed."""
    return Statement.objects.filter(event=event, is_current=True).first()


def counted_statements(
    user: Any, delegation: Delegation, since: date | None, until: date | None
) -> QuerySet[Statement]:
    """The rows of the figure "participants": what ``figures`` adds up, latest first."""
    return _current(user, delegation, since, until).exclude(_left_out(delegation))


def uncounted_statements(
    user: Any, delegation: Delegation, since: date | None, until: date | None
) -> QuerySet[Statement]:
    """The statements of the period that are not in "participants": events that don't count, or are in the balance."""
    return _current(user, delegation, since, until).filter(_left_out(delegation))


def opening_balance(delegation: Delegation, figure: Figure) -> OpeningBalance | None:
    """The published figure from before Guimard, None where there is none."""
    return OpeningBalance.objects.filter(delegation=delegation, figure=figure).first()


def _current(user: Any, delegation: Delegation, since: date | None, until: date | None) -> QuerySet[Statement]:
    return within(statements_for(user).filter(is_current=True, delegation=delegation), since, until)


def _left_out(delegation: Delegation) -> Q:
    balance = opening_balance(delegation, Figure.PARTICIPANTS)
    return Q(counts=False) | (Q(held_on__lte=balance.as_of) if balance else Q(pk=None))
