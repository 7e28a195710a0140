import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import factories
from tests.totals.makers import activity, balance, came, closed, event_with, guest, held, published_office, seen

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 3)


def text_of(client: Client, address: str) -> str:
    """What a reader of the page reads, in one line."""
    response = client.get(address)
    assert response.status_code == 200
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_public_page_shows_all_six_published_figures_with_their_day_and_source(client: Client) -> None:
    published_office()

    text = text_of(client, reverse("totals:public"))

    for value in ("1,520", "350", "110", "340", "35", "160"):
        assert f" {value} " in text
    assert "since late 2017, as of 28 November 2023" in text
    assert "News of 28 November 2023" in text
    assert "taken over as they stood" in text


def test_public_page_after_an_event_closed_shows_what_it_adds(client: Client) -> None:
    office = published_office()
    event_with(3, DAY, office)

    text = text_of(client, reverse("totals:public"))

    assert " 1,523 " in text
    assert "1,520 up to 28 November 2023, 3 counted since" in text
    assert "counted 3 participants at 1 event." in text
    assert "as of 3 June 2025" in text


def test_public_page_links_a_source_that_has_an_address(client: Client) -> None:
    office = factories.delegation()
    balance(office, 5, DAY, source="Annual report", source_url="https://office.example/report")

    page = client.get(reverse("totals:public")).content.decode()

    assert '<a href="https://office.example/report" rel="external">Annual report</a>' in page


@pytest.mark.parametrize(("online", "told"), [(4, False), (5, True)])
def test_public_page_tells_the_modes_apart_only_where_no_part_is_small(client: Client, online: int, told: bool) -> None:
    event = held(DAY, format="hybrid", online=10)
    for _number in range(6):
        came(guest(event))
    for _number in range(online):
        seen(guest(event, mode="online"), mode="online", method="platform")
    closed(event)

    text = text_of(client, reverse("totals:public"))

    assert (f"6 came in person and {online} took part online" in text) is told
    assert "All of them" not in text


def test_public_page_of_a_new_office_says_that_nothing_is_counted_yet(client: Client) -> None:
    factories.delegation(name={"en": "New Office"})

    text = text_of(client, reverse("totals:public"))

    assert "New Office" in text
    assert "Nothing to count yet" in text


def test_public_page_of_an_empty_house_says_so(client: Client) -> None:
    assert "Nothing to count yet" in text_of(client, reverse("totals:public"))


def test_public_page_of_several_offices_offers_the_choice_and_each_office_once(client: Client) -> None:
    north = factories.delegation(slug="north", name={"en": "North"})
    south = factories.delegation(slug="south", name={"en": "South"})
    event_with(2, DAY, north)
    event_with(1, DAY, south)

    response = client.get(reverse("totals:public"))

    page = response.content.decode()
    assert page.count('href="/totals/north/"') == page.count('href="/totals/south/"') == 1
    assert "3 participants. An event of several delegations is in it once." in text_of(client, reverse("totals:public"))


def test_public_page_where_one_office_has_numbers_shows_them_without_a_choice(client: Client) -> None:
    published_office(name={"en": "Lille office"})
    factories.delegation(name={"en": "New office"})

    text = text_of(client, reverse("totals:public"))

    assert "1,520" in text
    assert "New office" not in text


def test_public_page_of_an_unknown_office_is_not_there(client: Client) -> None:
    assert client.get("/totals/nobody/").status_code == 404


def test_public_page_speaks_to_machines_of_the_numbers(client: Client) -> None:
    published_office(slug="lille", name={"en": "Lille office"})

    page = client.get(reverse("totals:public")).content.decode()

    title = re.search(r'<meta property="og:title" content="([^"]+)">', page)
    description = re.search(r'<meta property="og:description" content="([^"]+)">', page)
    assert title
    assert title[1] == "Lille office in a few numbers"
    assert description
    assert description[1].startswith("1,520 participants in European conferences; 350 meetings")
    assert '<link rel="canonical" href="http://localhost:8000/totals/lille/">' in page


@pytest.mark.parametrize(
    ("language", "number"), [("en", "1,520"), ("de", "1.520"), ("fr", "1\u202f520"), ("nl", "1.520")]
)
def test_public_page_writes_numbers_as_its_readers_do(client: Client, language: str, number: str) -> None:
    published_office()

    page = client.get(reverse("totals:public"), headers={"Accept-Language": language}).content.decode()

    assert f'<span class="stat__value">{number}</span>' in page


@pytest.mark.parametrize("number", [1, 3])
def test_public_page_takes_the_same_queries_for_any_number_of_rows(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = published_office(slug="lille")
    for _row in range(number):
        event_with(1, DAY, office)
        activity(office, DAY)

    with django_assert_num_queries(4):
        client.get(reverse("totals:delegation", args=["lille"]))


@pytest.mark.parametrize("number", [2, 4])
def test_choice_takes_the_same_queries_for_any_number_of_offices(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _office in range(number):
        published_office()

    with django_assert_num_queries(4):
        client.get(reverse("totals:public"))
