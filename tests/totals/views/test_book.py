from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from delegations.models import Delegation
from tests import factories
from tests.totals.makers import activity, event_with, published_office
from tests.totals.views.test_public import text_of
from totals.enums import Figure

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 3)
BOOK = "/desk/totals/"


@pytest.fixture
def office(client: Client) -> Delegation:
    """The published office, and its viewer signed in."""
    made = published_office()
    client.force_login(factories.member("viewer", of=made))
    return made


def figure(name: str) -> str:
    return reverse("totals:figure", args=[name])


def test_book_shows_opening_counted_and_total_of_each_figure(client: Client, office: Delegation) -> None:
    event_with(3, DAY, office)

    text = text_of(client, BOOK)

    assert "1,520 3 1,523 3 Jun 2025" in text
    assert "350 0 350 28 Nov 2023" in text


def test_book_of_a_year_shows_what_was_counted_in_it_and_says_where_the_balance_is(
    client: Client, office: Delegation
) -> None:
    event_with(3, DAY, office)
    event_with(2, date(2026, 2, 3), office)

    text = text_of(client, f"{BOOK}?since=2025-01-01&until=2025-12-31")

    assert "– 3 3 3 Jun 2025" in text
    assert "An opening balance can’t be divided" in text


def test_book_of_an_impossible_period_points_at_it_and_keeps_what_was_typed(client: Client, office: Delegation) -> None:
    page = client.get(f"{BOOK}?since=2025-02-01&until=2025-01-01").content.decode()

    assert "The last day is before the first." in page
    assert 'value="2025-02-01"' in page


@pytest.mark.parametrize("query", ["?since=never", "?until=%00", "?since=99999-01-01", "?page=x", "?page=999999"])
def test_figure_with_a_query_that_means_nothing_still_answers(client: Client, office: Delegation, query: str) -> None:
    event_with(1, DAY, office)

    assert client.get(figure("participants") + query).status_code == 200


def test_figure_that_does_not_exist_is_not_there(client: Client, office: Delegation) -> None:
    assert client.get(figure("visitors")).status_code == 404


def test_figure_of_participants_opens_to_its_statements_and_shows_what_is_left_out_and_why(
    client: Client, office: Delegation
) -> None:
    counted = event_with(3, DAY, office, title={"en": "Night trains"})
    event_with(2, DAY, office, title={"en": "Office party"}, counts=False, counts_reason="Internal")
    event_with(1, date(2023, 5, 4), office, title={"en": "Before the balance"})

    response = client.get(figure("participants"))

    text = text_of(client, figure("participants"))
    counted_part, left_out = text.split("Not in this number")
    assert "Night trains" in counted_part
    assert "Office party" not in counted_part
    assert "does not count: Internal" in left_out
    assert "in the opening balance, up to 28 Nov 2023" in left_out
    assert reverse("totals:statement", args=[counted.pk]) in response.content.decode()


@pytest.mark.parametrize("name", [name for name in Figure.values if name != "participants"])
def test_figure_of_activities_opens_to_exactly_the_entries_that_it_counts(
    client: Client, office: Delegation, name: str
) -> None:
    kind = {"stakeholder_meetings": "stakeholder_meeting", "speaking_engagements": "speaking_engagement"}.get(
        name, name.removesuffix("s")
    )
    activity(office, DAY, kind, title="Counted entry")
    activity(office, date(2023, 5, 4), kind, title="Covered entry")
    other = "dignitary_visit" if kind != "dignitary_visit" else "metropole_meeting"
    activity(office, DAY, other, title="Other entry")

    counted, left_out = text_of(client, figure(name)).split("Not in this number")

    assert "Counted entry" in counted
    assert "Covered entry" in left_out
    assert "Other entry" not in counted + left_out


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("participants", 16), ("stakeholder_meetings", 16)])
def test_figure_takes_the_same_queries_for_any_number_of_rows(
    client: Client,
    office: Delegation,
    number: int,
    name: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _row in range(number):
        for day in (DAY, date(2023, 5, 4)):
            event_with(1, day, office)
            activity(office, day, theme=factories.theme(office, f"theme-{_row}-{day.year}"))

    with django_assert_num_queries(queries):
        client.get(figure(name))
