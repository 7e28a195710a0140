from datetime import date

import pytest

from core.audit import Actor
from core.models import AuditEntry
from tests import factories
from tests.totals.makers import activity, balance
from totals.enums import Figure
from totals.models import OpeningBalance
from totals.selectors import figures
from totals.services import remove_opening_balance, set_opening_balance

pytestmark = pytest.mark.django_db


def test_set_opening_balance_twice_corrects_the_one_balance_and_logs_both_values() -> None:
    office = factories.delegation(slug="north")
    balance(office, 1520, date(2023, 11, 28))

    set_opening_balance(
        delegation=office,
        figure=Figure.PARTICIPANTS,
        value=1530,
        as_of=date(2023, 12, 1),
        source="Corrected report",
        verified=True,
        by=Actor("Operator"),
        at=factories.now(),
    )

    kept = OpeningBalance.objects.get()
    assert (kept.value, kept.as_of, kept.source, kept.verified) == (1530, date(2023, 12, 1), "Corrected report", True)
    entry = AuditEntry.objects.filter(action="opening_balance.set").latest("pk")
    assert (entry.actor_label, entry.scope) == ("Operator", "north")
    assert (entry.before["value"], entry.after["value"]) == (1520, 1530)


def test_remove_opening_balance_gives_back_what_it_held() -> None:
    office = factories.delegation()
    activity(office, date(2023, 5, 1))
    old = balance(office, 350, date(2023, 11, 28), Figure.STAKEHOLDER_MEETINGS)

    remove_opening_balance(balance=old, by=Actor("Operator"), at=factories.now())

    line = figures(office)["stakeholder_meetings"]
    assert (line.opening, line.counted, line.covered) == (0, 1, 0)
    assert AuditEntry.objects.filter(action="opening_balance.removed", before__value=350).exists()
