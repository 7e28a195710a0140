"""The guest's way as a person takes it: in a real Chromium on a narrow phone, with and without JavaScript."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from delegations.models import Delegation
from events.models import CoHost
from registrations.enums import State
from registrations.models import Registration
from registrations.selectors import manage_token
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Straßenbahnverkehrsinfrastrukturfinanzierungsgesetzgebung"


@pytest.fixture
def event():
    office = make.delegation(accent="#7a1f3d", controller="Metropolis of Example")
    made = make.event(
        of=office,
        title={"en": f"Cohesion after 2027 and {LONG}"},
        summary={"en": "What border regions should ask for now."},
        description={"en": "# Programme\n\nDoors open at **13:30**."},
        themes=[make.theme(office)],
        format="hybrid",
        places=5,
        online=5,
        registration_closes_at=make.now() + timedelta(days=5),
    )
    CoHost.objects.create(event=made, delegation=make.delegation())
    return made


@pytest.fixture
def plain_page(chromium: Any) -> Iterator[Any]:
    """A page of 320 px in a browser that runs no JavaScript."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, locale="en-GB", java_script_enabled=False)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def fill_in(page: Any, email: str) -> None:
    page.get_by_label("Given name").fill("Ana")
    page.get_by_label("Family name").fill("Example")
    page.get_by_label("E-mail address").first.fill(email)
    page.get_by_label("Country").select_option("BE")
    page.get_by_label("In person").check()
    # A person takes longer than this; a form sent within a second or two comes back.
    page.wait_for_timeout(2100)
    page.locator("form.form button[type=submit]").first.click()


def mine(live_server: Any, guest: Registration, page: str = "") -> str:
    return f"{live_server.url}/my/{guest.pk}/{manage_token(guest)}/{page}"


def test_guest_without_javascript_registers_corrects_and_cancels(event, live_server, plain_page):
    page = plain_page

    page.goto(f"{live_server.url}/")
    page.get_by_role("link", name="Cohesion after 2027").click()
    page.locator("#register").get_by_role("link", name="Register", exact=True).click()
    page.locator("form.form button[type=submit]").first.click()
    stopped = page.locator("#error-summary").inner_text()
    fill_in(page, "anna@guests.example")
    page.get_by_role("heading", name="Your place is confirmed").wait_for()
    page.get_by_text("Wrong address?").click()
    page.wait_for_timeout(2100)
    page.locator("#address").get_by_label("E-mail address").fill("ana@guests.example")
    page.get_by_role("button", name="Send it to this address").click()
    page.get_by_text("on its way to ana@guests.example").wait_for()

    guest = Registration.objects.get()
    page.goto(mine(live_server, guest))
    page.get_by_role("link", name="Show my badge").click()
    shown = page.locator(".badge").inner_text()
    page.goto(mine(live_server, guest))
    page.get_by_role("link", name="Give my place back").click()
    page.get_by_role("button", name="Yes, give it back").click()
    page.get_by_role("heading", name="Your registration is cancelled").wait_for()

    guest.refresh_from_db()
    assert "Write your given name." in stopped
    assert guest.badge_code in shown
    assert (guest.email, guest.status) == ("ana@guests.example", State.CANCELLED)


def test_guest_with_the_keyboard_alone_is_led_to_the_mistake(event, live_server, page):
    page.goto(f"{live_server.url}/events/{event.slug}/register/")

    page.get_by_label("Given name").focus()
    for text in ("Ana", "Example", "ana@"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.wait_for_timeout(2100)
    page.keyboard.press("Enter")
    page.locator("#error-summary").wait_for()
    page.wait_for_function("document.activeElement?.id === 'error-summary'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "id_email"
    assert page.get_by_label("Given name").input_value() == "Ana"
    assert page.get_by_label("E-mail address").input_value() == "ana@"


def test_guest_pages_are_accessible_and_fit_a_phone(event, live_server, page):
    guest = make.registration(event, given_name="Anne-Françoise", organisation=LONG)
    slug, office = event.slug, Delegation.objects.get(pk=event.delegation_id).slug
    public = ["", "events/past/", f"events/{slug}/", f"events/{slug}/register/", f"events/{slug}/my-link/", "my/link/"]
    legal = ["accessibility/", "privacy/", f"privacy/{office}/", f"events/{slug}/registered/gone/", "my/1/wrong/"]
    own = [mine(live_server, guest, part) for part in ("", "edit/", "cancel/", "badge/")]
    page.set_viewport_size({"width": 320, "height": 640})

    found = {address: look_at(page, address) for address in [*(f"{live_server.url}/{p}" for p in public + legal), *own]}
    page.goto(f"{live_server.url}/events/{slug}/register/")
    fill_in(page, "eve@guests.example")
    page.get_by_role("heading", name="Your place is confirmed").wait_for()
    found["done"] = look_at(page)

    assert {address: problems for address, problems in found.items() if problems} == {}


def look_at(page: Any, address: str = "") -> list[str]:
    """What axe, the console and the width of the page complain of."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    if address:
        page.goto(address)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > 320:
        complaints.append(f"{width} px wide")
    rules = Axe().run(page).response["violations"]
    return complaints + [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in rules]
