"""Who may open which page of the totals, and nobody else."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from delegations.enums import Role
from delegations.models import Delegation
from tests import factories
from tests.totals.makers import activity, event_with
from totals.models import Activity, Statement

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 3)
READ = ["book", "figure", "statement", "activities"]
WRITE = ["recount", "activity_new", "activity_edit", "activity_delete"]


def addresses(office: Delegation) -> dict[str, str]:
    statement = event_with(1, DAY, office)
    entry = activity(office, DAY, title="Talk about trams")
    return {
        "book": reverse("totals:book"),
        "figure": reverse("totals:figure", args=["participants"]),
        "statement": reverse("totals:statement", args=[statement.pk]),
        "recount": reverse("totals:recount", args=[statement.pk]),
        "activities": reverse("totals:activities"),
        "activity_new": reverse("totals:activity_new"),
        "activity_edit": reverse("totals:activity_edit", args=[entry.pk]),
        "activity_delete": reverse("totals:activity_delete", args=[entry.pk]),
    }


@pytest.mark.parametrize(
    ("role", "open_pages"),
    [(Role.ADMIN, READ + WRITE), (Role.ORGANISER, READ + WRITE), (Role.VIEWER, READ), (Role.DOOR, [])],
)
def test_desk_pages_open_to_the_roles_that_may(client: Client, role: str, open_pages: list[str]) -> None:
    office = factories.delegation()
    client.force_login(factories.member(role, of=office))

    statuses = {name: client.get(address).status_code for name, address in addresses(office).items()}

    assert statuses == {name: 200 if name in open_pages else 404 for name in READ + WRITE}


@pytest.mark.parametrize(
    ("method", "name"),
    [("get", "statement"), *((method, name) for method in ("get", "post") for name in WRITE if name != "activity_new")],
)
def test_pages_of_another_delegations_rows_are_not_there_for_an_outsider(
    client: Client, method: str, name: str
) -> None:
    address = addresses(factories.delegation())[name]
    client.force_login(factories.member(Role.ADMIN))

    response = getattr(client, method)(address, {"reason": "mine now", "title": "mine now"})

    assert response.status_code == 404
    assert Activity.objects.get().title == "Talk about trams"
    assert Statement.objects.count() == 1


def test_book_and_register_of_an_outsider_show_nothing_of_others(client: Client) -> None:
    pages = addresses(factories.delegation())
    client.force_login(factories.member(Role.ADMIN))

    texts = [client.get(pages[name]).content.decode() for name in ("book", "figure", "activities")]

    assert "Nothing to count yet" in texts[0]
    assert "Nothing was counted in this period" in texts[1]
    assert "Talk about trams" not in texts[2]
    assert "The register is empty" in texts[2]


def test_desk_pages_ask_a_stranger_to_sign_in(client: Client) -> None:
    for address in addresses(factories.delegation()).values():
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))


def test_viewer_can_change_nothing_by_sending_the_forms_directly(client: Client) -> None:
    office = factories.delegation()
    pages = addresses(office)
    client.force_login(factories.member(Role.VIEWER, of=office))
    form = {"kind": "dignitary_visit", "held_on": "2025-06-03", "title": "Mine", "reason": "mine"}

    statuses = [client.post(pages[name], form).status_code for name in WRITE]

    assert statuses == [404] * 4
    assert (Activity.objects.get().title, Statement.objects.count()) == ("Talk about trams", 1)


def test_public_page_offers_the_rows_to_members_only(client: Client) -> None:
    office = factories.delegation(slug="north")
    event_with(1, DAY, office)
    link = reverse("totals:figure", args=["participants"])
    page = reverse("totals:delegation", args=["north"])

    seen = {}
    for name, person in [
        ("stranger", None),
        ("outsider", factories.member(Role.ADMIN)),
        ("door", factories.member(Role.DOOR, of=office)),
        ("viewer", factories.member(Role.VIEWER, of=office)),
    ]:
        client.logout()
        if person:
            client.force_login(person)
        seen[name] = link in client.get(page).content.decode()

    assert seen == {"stranger": False, "outsider": False, "door": False, "viewer": True}
