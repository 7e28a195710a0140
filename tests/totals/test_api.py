from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.audit import SYSTEM
from tests import factories
from tests.totals.makers import PUBLISHED, activity, balance, event_with, guest, held, published_office, seen
from totals.services import delete_activity, freeze_statement

pytestmark = pytest.mark.django_db
URL = "/api/v1/totals/"
DAY = date(2025, 6, 3)


def get(client: Client, status: int = 200, **params: str) -> Any:
    response = client.get(URL, params)
    assert response.status_code == status, response.content
    return response.json()


def participants(client: Client, slug: str) -> dict[str, int]:
    return get(client, delegation=slug)["figures"]["participants"]


def test_totals_of_the_published_office_have_the_shape_and_the_digits_of_its_publication(client: Client) -> None:
    published_office(slug="lille")

    assert get(client, delegation="lille") == {
        "delegation": "lille",
        "as_of": "2023-11-28",
        "figures": {str(name): {"value": value, "opening": value, "counted": 0} for name, value in PUBLISHED.items()},
    }


def test_totals_of_the_only_delegation_need_no_name(client: Client) -> None:
    published_office(slug="lille")

    assert get(client)["delegation"] == "lille"


def test_totals_without_a_name_among_several_delegations_names_the_parameter_and_the_choice(client: Client) -> None:
    factories.delegation(slug="north")
    factories.delegation(slug="south")

    problem = get(client, 400)

    assert "north, south" in problem["errors"]["delegation"][0] or "south, north" in problem["errors"]["delegation"][0]


def test_totals_of_a_delegation_with_nothing_are_six_zeros(client: Client) -> None:
    factories.delegation(slug="new")

    answer = get(client, delegation="new")

    assert (answer["as_of"], len(answer["figures"])) == (None, 6)
    assert {line["value"] for line in answer["figures"].values()} == {0}


@pytest.mark.parametrize("slug", ["nobody", "with space", "a\x00b", "../etc", "é", "x" * 3000])
def test_totals_of_an_unknown_delegation_are_a_problem_with_404(client: Client, slug: str) -> None:
    response = client.get(URL, {"delegation": slug})

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "delegation" in response.json()["detail"]


@pytest.mark.parametrize("name", ["from", "to"])
@pytest.mark.parametrize(
    "value", ["yesterday", "2024-02-30", "20240229", "2024-W01-1", "٢٠٢٤-01-01", "2024-1-1", "\x00"]
)
def test_totals_with_a_day_that_is_none_names_the_parameter(client: Client, name: str, value: str) -> None:
    factories.delegation(slug="north")

    response = client.get(URL, {"delegation": "north", name: value})

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [name]


def test_totals_with_the_last_day_before_the_first_names_to(client: Client) -> None:
    factories.delegation(slug="north")

    assert list(get(client, 400, delegation="north", **{"from": "2025-02-01", "to": "2025-01-31"})["errors"]) == ["to"]


def test_totals_of_a_period_hold_what_was_held_in_it(client: Client) -> None:
    office = published_office(slug="lille")
    event_with(2, date(2025, 6, 3), office)
    event_with(3, date(2026, 2, 3), office)

    answer = get(client, delegation="lille", **{"from": "2025-01-01", "to": "2025-12-31"})

    assert answer["figures"]["participants"] == {"value": 2, "opening": 0, "counted": 2}
    assert answer["as_of"] == "2025-06-03"


def test_totals_are_right_at_once_after_every_kind_of_change(client: Client) -> None:
    office = published_office(slug="lille")
    assert participants(client, "lille")["value"] == 1520

    statement = event_with(2, DAY, office)
    assert participants(client, "lille") == {"value": 1522, "opening": 1520, "counted": 2}

    seen(guest_of(statement.event))
    freeze_statement(event=statement.event, by=SYSTEM, at=factories.now(), reason="Paper list")
    assert participants(client, "lille")["counted"] == 3

    balance(office, 1600, date(2023, 11, 28))
    assert participants(client, "lille")["value"] == 1603

    entry = activity(office, DAY)
    assert get(client, delegation="lille")["figures"]["stakeholder_meetings"]["counted"] == 1
    delete_activity(activity=entry, by=SYSTEM, at=factories.now())
    assert get(client, delegation="lille")["figures"]["stakeholder_meetings"]["counted"] == 0


def guest_of(event: Any) -> Any:
    """Somebody who was registered while the event was open, and whose presence turned up later."""
    other = guest(held(DAY, of=event.delegation))
    other.event = event
    other.save(update_fields=["event"])
    return other


def test_totals_after_a_change_that_was_rolled_back_are_what_they_were(client: Client) -> None:
    office = published_office(slug="lille")
    before = get(client, delegation="lille")

    with transaction.atomic():
        activity(office, DAY)
        during = get(client, delegation="lille")
        transaction.set_rollback(True)

    assert during != before
    assert get(client, delegation="lille") == before


def test_totals_asked_for_again_cost_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    published_office(slug="lille")
    first = get(client, delegation="lille")

    with django_assert_num_queries(1):
        again = get(client, delegation="lille")

    assert again == first


def test_totals_may_be_kept_and_asked_for_by_their_tag(client: Client) -> None:
    office = published_office(slug="lille")
    first = client.get(URL, {"delegation": "lille"})
    tag = first["ETag"]

    same = client.get(URL, {"delegation": "lille"}, headers={"If-None-Match": tag})
    activity(office, DAY)
    changed = client.get(URL, {"delegation": "lille"}, headers={"If-None-Match": tag})

    assert first["Cache-Control"] == "public, max-age=60"
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag)
    assert same["Access-Control-Allow-Origin"] == "*"
    assert changed.status_code == 200
    assert changed["ETag"] != tag


def test_totals_are_open_to_scripts_of_every_origin_and_to_nobodys_cookie(client: Client) -> None:
    office = published_office(slug="lille")
    client.force_login(factories.member(of=office))

    response = client.get(URL, {"delegation": "lille"}, headers={"Origin": "https://elsewhere.example"})
    asked_first = client.options(URL, headers={"Origin": "https://elsewhere.example"})

    assert response["Access-Control-Allow-Origin"] == asked_first["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "If-None-Match" in asked_first["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_totals_can_only_be_read(client: Client, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405


def test_totals_with_a_token_that_is_wrong_are_public_all_the_same(client: Client) -> None:
    published_office(slug="lille")

    response = client.get(URL, {"delegation": "lille"}, headers={"Authorization": "Bearer wrong"})

    assert response.status_code == 200


def test_totals_with_redis_dead_are_right(client: Client, settings: Any) -> None:
    office = published_office(slug="lille")
    options = {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.2, "SOCKET_TIMEOUT": 0.2}
    settings.CACHES = {
        "default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "redis://127.0.0.1:1/0", "OPTIONS": options}
    }

    event_with(2, DAY, office)

    assert cache.set("key", "value") is not True
    assert participants(client, "lille")["value"] == 1522


@pytest.mark.django_db
def test_totals_without_a_delegation_are_those_of_the_only_one_with_numbers(client):
    from totals.services import set_opening_balance

    quiet, counted = factories.delegation(), factories.delegation()
    set_opening_balance(
        delegation=counted,
        figure="participants",
        value=7,
        as_of=factories.now().date(),
        source="a report",
        by=SYSTEM,
        at=factories.now(),
    )

    answer = client.get("/api/v1/totals/").json()

    assert (answer["delegation"], answer["figures"]["participants"]["value"]) == (counted.slug, 7)
    assert quiet.slug != counted.slug
