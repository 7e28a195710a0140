"""Opening balances: published figures from before Guimard, entered by operators."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from core import audit
from core.audit import Actor
from delegations.models import Delegation
from totals.models import OpeningBalance
from totals.services.ledger import turn_page


@transaction.atomic
def set_opening_balance(
    *,
    delegation: Delegation,
    figure: str,
    value: int,
    as_of: date,
    source: str,
    by: Actor,
    at: datetime,
    **more: Any,
) -> OpeningBalance:
    """Set the published value of one figure, or correct it; ``more`` are ``since``, ``wording``, ``source_url``, ``verified``.

    What is dated up to and including ``as_of`` is in the value and is not added to it from now on.
    """
    before = OpeningBalance.objects.select_for_update().filter(delegation=delegation, figure=figure).first()
    values = {"value": value, "as_of": as_of, "source": source, **more}
    balance, _created = OpeningBalance.objects.update_or_create(delegation=delegation, figure=figure, defaults=values)
    turn_page(delegation)
    audit.record(
        by=by,
        at=at,
        action="opening_balance.set",
        subject=balance,
        scope=delegation.slug,
        before=model_to_dict(before) if before else None,
        after=model_to_dict(balance),
    )
    return balance


@transaction.atomic
def remove_opening_balance(*, balance: OpeningBalance, by: Actor, at: datetime) -> None:
    """Take out a balance that should not be there: the figure is then only what Guimard counted itself."""
    scope = balance.delegation.slug
    audit.record(
        by=by, at=at, action="opening_balance.removed", subject=balance, scope=scope, before=model_to_dict(balance)
    )
    turn_page(balance.delegation)
    balance.delete()
