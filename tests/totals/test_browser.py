"""The pages of the totals as a person meets them: on a phone, with assistive technology, without JavaScript."""

from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse

from delegations.models import Delegation
from tests import factories
from tests.totals.makers import activity, came, closed, event_with, guest, held, published_office
from totals.models import Activity

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
LONG = "Meinungsaustausch zur Wasserrahmenrichtlinienumsetzungsberichterstattung"


@pytest.fixture
def office() -> Delegation:
    """The published office with an event, one outside the balance and one within, and an activity with a long German name."""
    made = published_office(slug="lille", name={"en": "Office", "de": "Verbindungsbüro der Metropolregion in Brüssel"})
    event_with(2, date(2025, 6, 3), made, title={"en": LONG})
    event = held(date(2023, 5, 4), of=made)
    came(guest(event))
    closed(event)
    activity(made, date(2025, 6, 3), title=LONG, counterpart=LONG, place=LONG)
    return made


def signed_in(browser: Any, server: Any, office: Delegation, **options: Any) -> Any:
    """A page of an organiser, at 320 px."""
    client = Client()
    client.force_login(factories.member("organiser", of=office))
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="en-GB", **options)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
    return context.new_page()


def test_pages_fit_into_320_pixels_and_have_no_fault_that_axe_finds(
    chromium: Any, live_server: Any, office: Delegation
) -> None:
    entry, statement = Activity.objects.get(), office.statements.latest("held_on")
    page = signed_in(chromium, live_server, office, bypass_csp=True)
    addresses = [
        reverse("totals:public"),
        reverse("totals:book"),
        reverse("totals:figure", args=["participants"]) + "?since=2025-01-01",
        reverse("totals:figure", args=["stakeholder_meetings"]),
        reverse("totals:statement", args=[statement.pk]),
        reverse("totals:recount", args=[statement.pk]),
        reverse("totals:activities"),
        reverse("totals:activities") + "?q=zebra",
        reverse("totals:activity_new"),
        reverse("totals:activity_edit", args=[entry.pk]),
        reverse("totals:activity_delete", args=[entry.pk]),
    ]

    found = {}
    for address in addresses:
        assert page.goto(live_server.url + address).status == 200
        faults = [fault["id"] for fault in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append("wider than the screen")
        if faults:
            found[address] = faults
    page.context.close()

    assert found == {}


def test_activity_is_noted_down_without_javascript_in_a_few_touches(
    chromium: Any, live_server: Any, office: Delegation
) -> None:
    page = signed_in(chromium, live_server, office, java_script_enabled=False)

    page.goto(live_server.url + reverse("totals:activities"))
    page.get_by_role("link", name="Speaking engagement", exact=True).click()
    page.get_by_role("button", name="Note it down", exact=True).click()
    assert page.get_by_role("alert").get_by_role("link").all_inner_texts() == [
        "In one line: Say in one line what it was."
    ]
    page.get_by_label("In one line").fill("Panel on water-wise cities")
    page.get_by_role("button", name="Note it down", exact=True).click()

    assert "Noted: “Panel on water-wise cities”" in page.get_by_role("status").inner_text()
    made = Activity.objects.latest("pk")
    assert (made.kind, made.title) == ("speaking_engagement", "Panel on water-wise cities")
    page.goto(live_server.url + reverse("totals:public"))
    assert "110 up to 28 November 2023, 1 counted since" in page.locator("main").inner_text()
    page.context.close()
