from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from delegations.models import Delegation
from tests import factories
from tests.totals.makers import activity, balance
from tests.totals.views.test_public import text_of
from totals.enums import Figure
from totals.models import Activity

pytestmark = pytest.mark.django_db
LIST, NEW = "/desk/activities/", "/desk/activities/new/"
DAY = date(2025, 6, 3)


@pytest.fixture
def office(client: Client) -> Delegation:
    """An office, and its organiser signed in."""
    made = factories.delegation(time_zone="Europe/Brussels", opened_on=date(2017, 9, 1))
    client.force_login(factories.member("organiser", of=made))
    return made


def form(**fields: Any) -> dict[str, Any]:
    defaults = {"kind": "dignitary_visit", "held_on": "2025-06-03", "title": "Visit of the mayor of Exampleville"}
    return {**defaults, **fields}


def test_new_comes_with_the_kind_of_the_button_and_with_today(client: Client, office: Delegation) -> None:
    page = client.get(f"{NEW}?kind=speaking_engagement").content.decode()

    assert 'value="speaking_engagement" required id="id_kind_1" checked' in page
    assert f'value="{factories.now().astimezone().date():%Y-%m-%d}"' in page or 'type="date"' in page


def test_new_keeps_the_entry_and_says_so_on_the_list(client: Client, office: Delegation) -> None:
    response = client.post(NEW, form(counterpart="City of Exampleville", place="9 rue Guimard"), follow=True)

    kept = Activity.objects.get()
    assert (kept.delegation, kept.kind, kept.held_on, kept.place) == (office, "dignitary_visit", DAY, "9 rue Guimard")
    assert "Noted: “Visit of the mayor of Exampleville”, 3 June 2025." in response.content.decode()


def test_new_and_another_comes_back_with_kind_and_day(client: Client, office: Delegation) -> None:
    response = client.post(NEW, form(another="1"))

    assert response["Location"] == f"{NEW}?kind=dignitary_visit&held_on=2025-06-03"


def test_new_dated_within_the_opening_balance_is_kept_and_says_that_it_moves_nothing(
    client: Client, office: Delegation
) -> None:
    balance(office, 35, date(2025, 6, 3), Figure.DIGNITARY_VISITS)

    page = client.post(NEW, form(), follow=True).content.decode()

    assert Activity.objects.count() == 1
    assert "the opening balance counts everything up to 3 June 2025 already" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"kind": "picnic"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"held_on": ""}, "held_on"),
        ({"held_on": "soon"}, "held_on"),
        ({"held_on": "2999-01-01"}, "held_on"),
        ({"held_on": "2017-08-31"}, "held_on"),
    ],
)
def test_new_with_something_wrong_points_at_it_and_keeps_the_rest(
    client: Client, office: Delegation, wrong: dict[str, str], field: str
) -> None:
    page = client.post(NEW, form(place="Room of the Blue Sofa", **wrong)).content.decode()

    assert f'href="#id_{field}' in page
    assert 'value="Room of the Blue Sofa"' in page
    assert not Activity.objects.exists()


def test_new_under_a_theme_of_another_delegation_is_refused(client: Client, office: Delegation) -> None:
    factories.theme(office)
    foreign = factories.theme(factories.delegation(), "culture")

    page = client.post(NEW, form(theme=foreign.pk)).content.decode()

    assert 'href="#id_theme"' in page
    assert not Activity.objects.exists()


def test_edit_shows_what_was_kept_and_corrects_it(client: Client, office: Delegation) -> None:
    entry = activity(office, DAY, "dignitary_visit", title="Visit", note="Flowers")
    page = reverse("totals:activity_edit", args=[entry.pk])

    before = client.get(page).content.decode()
    client.post(page, form(title="Visit of the mayor", held_on="2025-06-04"))

    assert 'value="Visit"' in before
    assert 'value="2025-06-03"' in before
    entry.refresh_from_db()
    assert (entry.title, entry.held_on, entry.note) == ("Visit of the mayor", date(2025, 6, 4), "")


def test_delete_asks_first_and_then_takes_it_out(client: Client, office: Delegation) -> None:
    entry = activity(office, DAY, title="Typed twice")
    page = reverse("totals:activity_delete", args=[entry.pk])

    asked = text_of(client, page)
    assert "Typed twice" in asked
    assert Activity.objects.exists()

    done = client.post(page, follow=True).content.decode()
    assert not Activity.objects.exists()
    assert "“Typed twice” is deleted" in done


def test_list_by_kind_year_and_words_shows_what_fits_and_counts_each_kind(client: Client, office: Delegation) -> None:
    activity(office, DAY, "dignitary_visit", title="Visit of a mayor", counterpart="Exampleville")
    activity(office, DAY, "metropole_meeting", title="Lunch", counterpart="Mayor of Exampleville")
    activity(office, date(2024, 1, 9), "dignitary_visit", title="Visit of a minister")

    def titles(query: str) -> set[str]:
        return {row.title for row in client.get(LIST + query).context["page"]}

    assert titles("") == {"Visit of a mayor", "Lunch", "Visit of a minister"}
    assert titles("?kind=dignitary_visit") == {"Visit of a mayor", "Visit of a minister"}
    assert titles("?year=2025&kind=dignitary_visit") == {"Visit of a mayor"}
    assert titles("?q=mayor+exampleville") == {"Visit of a mayor", "Lunch"}
    tabs = client.get(LIST + "?q=mayor").context["tabs"]
    assert {tab["label"]: tab["count"] for tab in tabs if tab["count"]} == {
        "All": 2,
        "Dignitary visit": 1,
        "Metropole meeting": 1,
    }


@pytest.mark.parametrize("query", ["?year=20x5", "?year=99999", "?kind=picnic", "?q=%00", "?page=-1", "?q=%25"])
def test_list_with_a_query_that_means_nothing_still_answers(client: Client, office: Delegation, query: str) -> None:
    activity(office, DAY)

    assert client.get(LIST + query).status_code == 200


def test_list_where_nothing_fits_says_so_and_leads_back(client: Client, office: Delegation) -> None:
    activity(office, DAY)

    assert "Nothing found" in text_of(client, LIST + "?q=zebra")


def test_list_of_a_title_that_is_code_shows_it_as_text(client: Client, office: Delegation) -> None:
    activity(office, DAY, title="<script>alert(1)</script>{{ 7|add:7 }}")

    page = client.get(LIST).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page


def test_viewer_reads_the_list_without_buttons_that_would_not_work(client: Client, office: Delegation) -> None:
    entry = activity(office, DAY)
    client.force_login(factories.member("viewer", of=office))

    page = client.get(LIST).content.decode()

    assert entry.title in page
    assert NEW not in page
    assert reverse("totals:activity_edit", args=[entry.pk]) not in page


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number_of_entries(
    client: Client, office: Delegation, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for row in range(number):
        activity(office, DAY, theme=factories.theme(office, f"theme-{row}"))

    with django_assert_num_queries(10):
        client.get(LIST)
