"""The organisers' pages as a person uses them: in a real Chromium, on a narrow phone, with and without JavaScript."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse

from core.models import Job, OutboxMessage
from events.enums import Status
from events.models import Event
from registrations.badges.printing import print_badges
from registrations.enums import Source
from registrations.models import Registration
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
LONG = "Straßenbahnverkehrsinfrastrukturfinanzierungsgesetzgebung"


@pytest.fixture
def office():
    return factories.delegation(name={"en": "Office", "de": "Verbindungsbüro der Metropolregion in Brüssel"})


def signed_in(browser: Any, server: Any, office: Any, **options: Any) -> Any:
    """A page of an organiser, at 320 px."""
    client = Client()
    client.force_login(factories.member("organiser", of=office))
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="en-GB", **options)
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
    return context.new_page()


def test_pages_fit_into_320_pixels_and_have_no_fault_that_axe_finds(chromium, live_server, office):
    event = factories.event(of=office, title={"en": f"Talk on {LONG}"}, format="hybrid", approval=True, places=1)
    for source in (Source.STAFF, Source.STAFF, Source.FORM):
        guest = factories.registration(event, family_name=LONG, organisation=LONG, source=source)
    draft = factories.event(of=office, title={"en": LONG}, status=Status.DRAFT, venue=None)
    page = signed_in(chromium, live_server, office)
    of_event = [
        reverse(f"desk:{name}", args=[event.pk]) for name in ("event", "event_edit", "event_cancel", "event_close")
    ]
    more = [reverse(f"desk:{name}", args=[event.pk]) for name in ("event_preview", "guests", "guest_add", "badges")]
    addresses = [
        reverse("desk:home"),
        reverse("desk:events"),
        reverse("desk:event_new"),
        reverse("desk:event", args=[draft.pk]),
        *of_event,
        *more,
        reverse("desk:guests", args=[event.pk]) + "?tab=pending",
        reverse("desk:guests", args=[event.pk]) + "?q=nobody",
        reverse("desk:guest", args=[guest.pk]),
        reverse("desk:guest_cancel", args=[guest.pk]),
    ]

    found = {}
    for address in addresses:
        page.goto(f"{live_server.url}{address}")
        faults = [fault["id"] for fault in Axe().run(page).response["violations"]]
        width = page.evaluate("document.documentElement.scrollWidth")
        found[address] = (faults, width)

    assert found == {address: ([], 320) for address in addresses}


def test_organiser_without_javascript_drafts_publishes_and_invites(chromium, live_server, office):
    page = signed_in(chromium, live_server, office, java_script_enabled=False)

    page.goto(f"{live_server.url}/desk/")
    page.get_by_role("link", name="Draft an event").click()
    page.get_by_label("Title (English)").fill("Clean air")
    page.get_by_role("button", name="Save the draft").click()
    stopped = page.locator("#error-summary").inner_text()
    page.get_by_label("Title (French)").fill("L’air pur")
    page.get_by_text("A venue that is not in the list").click()
    for label, text in (
        ("Name of the building", "House"),
        ("Street and number", "1 rue X"),
        ("Postcode", "1040"),
        ("City", "Brussels"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Guest list").click()
    page.get_by_role("link", name="Add a guest").click()
    page.get_by_label("Given name").fill("Ana")
    page.get_by_label("Family name").fill("Example")
    page.get_by_role("button", name="Add the guest").click()
    page.get_by_text("Ana Example has a place.").wait_for()
    page.get_by_role("link", name="Badges").click()
    page.get_by_role("button", name="Make the badges").click()
    print_badges(OutboxMessage.objects.get(task="registrations.print_badges").pk)
    page.get_by_role("link", name="Look again").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()

    event = Event.objects.get()
    assert "Title (French): Give the title in this language" in stopped
    assert (event.title, event.status) == ({"en": "Clean air", "fr": "L’air pur"}, Status.PUBLISHED)
    assert Registration.objects.get().status == "confirmed"
    assert download.value.suggested_filename == "badges-clean-air-labels.pdf"


def test_language_tabs_show_one_language_and_lead_to_a_mistake(chromium, live_server, office):
    page = signed_in(chromium, live_server, office)
    page.goto(f"{live_server.url}/desk/events/new/")
    english, french = page.get_by_label("Title (English)"), page.get_by_label("Title (French)")
    at_first = (english.is_visible(), french.is_visible())

    english.fill("Clean air")
    page.get_by_role("button", name="Save the draft").click()
    page.locator("#error-summary").wait_for()

    assert at_first == (True, False)
    assert french.is_visible()
    assert english.input_value() == "Clean air"


def test_ticked_guests_go_to_the_badges_and_the_file_appears_by_itself(chromium, live_server, office):
    event = factories.event(of=office)
    for name in ("Alpha", "Bravo", "Charlie"):
        factories.registration(event, given_name="Ana", family_name=name)
    page = signed_in(chromium, live_server, office)

    page.goto(f"{live_server.url}/desk/events/{event.pk}/guests/")
    bar = page.locator(".bulk")
    before = bar.is_visible()
    page.get_by_label("Select Ana Bravo").check()
    page.get_by_role("button", name="Print badges").click()
    page.get_by_role("button", name="Make the badges").click()
    page.get_by_text("Waiting for the worker").wait_for()
    print_badges(OutboxMessage.objects.get(task="registrations.print_badges").pk)
    page.get_by_role("link", name="Download the PDF").wait_for()

    assert not before
    assert Job.objects.get().params["registrations"] == [Registration.objects.get(family_name="Bravo").pk]
    assert re.search(r"/desk/jobs/[0-9a-f-]{36}/$", page.url)
