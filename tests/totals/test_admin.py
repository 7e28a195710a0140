from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from tests import factories
from tests.totals.makers import balance, event_with
from totals.models import OpeningBalance, Statement
from totals.selectors import figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client: Client) -> Client:
    person = factories.user(name="Olga Operator", is_staff=True, is_superuser=True)
    client.force_login(person)
    return client


def form(**fields: object) -> dict[str, object]:
    defaults = {"figure": "participants", "value": 1520, "as_of": "2023-11-28", "source": "News of 28 November 2023"}
    languages = {f"{name}_{number}": "" for name in ("wording", "since") for number in range(4)}
    return {**defaults, **languages, "source_url": "", **fields}


def test_operator_enters_an_opening_balance_and_the_totals_and_the_log_know_it(operator: Client) -> None:
    office = factories.delegation()

    response = operator.post(reverse("admin:totals_openingbalance_add"), form(delegation=office.pk))

    assert response.status_code == 302, response.context["adminform"].form.errors
    assert figures(office)["participants"].value == 1520
    entry = AuditEntry.objects.get(action="opening_balance.set")
    assert (entry.actor_label, entry.after["value"]) == ("Olga Operator", 1520)


def test_operator_corrects_and_removes_an_opening_balance(operator: Client) -> None:
    office = factories.delegation()
    old = balance(office, 5, date(2023, 11, 28))

    operator.post(reverse("admin:totals_openingbalance_change", args=[old.pk]), form(value=7))
    assert figures(office)["participants"].value == 7

    operator.post(reverse("admin:totals_openingbalance_delete", args=[old.pk]), {"post": "yes"})
    assert not OpeningBalance.objects.exists()
    assert AuditEntry.objects.filter(action="opening_balance.removed").exists()


def test_operator_looks_at_statements_and_can_change_none(operator: Client) -> None:
    statement = event_with(1, date(2025, 6, 3), factories.delegation())
    change = reverse("admin:totals_statement_change", args=[statement.pk])

    assert operator.get(change).status_code == 200
    assert operator.post(change, {"participants": 99}).status_code == 403
    assert (
        operator.post(reverse("admin:totals_statement_delete", args=[statement.pk]), {"post": "yes"}).status_code == 403
    )
    assert operator.get(reverse("admin:totals_statement_add")).status_code == 403
    assert Statement.objects.get().participants == 1
