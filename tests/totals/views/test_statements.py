from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from delegations.models import Delegation
from tests import factories
from tests.totals.makers import came, closed, guest, held, seen
from tests.totals.views.test_public import text_of
from totals.models import Statement

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 3)


@pytest.fixture
def office(client: Client) -> Delegation:
    """An office, and its organiser signed in."""
    made = factories.delegation()
    client.force_login(factories.member("organiser", of=made, name="Ada Example"))
    return made


def statement_of(office: Delegation) -> Statement:
    """An event to which one person of Belgium came, one without a country; a third did not come."""
    event = held(DAY, of=office, title={"en": "Night trains"})
    came(guest(event, country="BE"))
    came(guest(event, country=""))
    guest(event)
    return closed(event)


def test_statement_shows_its_counts_evidence_countries_and_who_froze_it(client: Client, office: Delegation) -> None:
    statement = statement_of(office)

    text = text_of(client, reverse("totals:statement", args=[statement.pk]))

    assert "Night trains" in text
    assert "Held on 3 June 2025 · version 1" in text
    assert "2 Participants" in text
    assert "1 No-shows" in text
    assert "Scan 2" in text
    assert "Belgium 1 not given 1" in text
    assert "Frozen by Guimard on 3 June 2025 at 20:00" in text


def test_recount_with_a_reason_freezes_a_new_version_and_shows_both(client: Client, office: Delegation) -> None:
    first = statement_of(office)
    seen(first.event.registrations.last())
    page = reverse("totals:recount", args=[first.pk])

    assert "this event had 2 participants in it and now has 3" in text_of(client, page)
    response = client.post(page, {"reason": "The paper list turned up."})

    second = Statement.objects.get(is_current=True)
    assert response["Location"] == reverse("totals:statement", args=[second.pk])
    assert (second.version, second.participants, second.closed_by) == (2, 3, "Ada Example")
    text = text_of(client, response["Location"])
    assert "Version 2 · 3 participants · stands" in text
    assert "The paper list turned up." in text
    assert "A later version stands" in text_of(client, reverse("totals:statement", args=[first.pk]))


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_recount_without_a_proper_reason_freezes_nothing_and_says_where(
    client: Client, office: Delegation, reason: str
) -> None:
    statement = statement_of(office)

    page = client.post(reverse("totals:recount", args=[statement.pk]), {"reason": reason}).content.decode()

    assert 'href="#id_reason"' in page
    assert Statement.objects.count() == 1


def test_recount_looked_at_changes_nothing(client: Client, office: Delegation) -> None:
    statement = statement_of(office)

    client.get(reverse("totals:recount", args=[statement.pk]))

    assert Statement.objects.get() == statement
