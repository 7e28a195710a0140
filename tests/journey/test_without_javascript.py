"""Every form once in a browser that runs no script: the guest's way, the organiser's, and the door."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journey.deeds import create_event, publish, register, send
from tests.journey.demo import Demo, Watch, manage_link, open_context, sign_in, wait_for_letter

pytestmark = [pytest.mark.once, pytest.mark.timeout(300)]

GUEST, ADDRESS = "Noël Sansscript", "noel@guests.example"
ADDED, ADDED_ADDRESS = "Paula Papier", "paula@guests.example"


@pytest.fixture
def people(chromium: Browser) -> Iterator[tuple[Page, Page]]:
    """A desk and a phone without scripts; what no page may do fails the test."""
    desk = open_context(chromium, java_script_enabled=False)
    phone = open_context(chromium, 360, 740, java_script_enabled=False)
    watches = [Watch(desk), Watch(phone)]
    yield desk.new_page(), phone.new_page()
    desk.close()
    phone.close()
    assert [fault for watch in watches for fault in watch.faults] == []


def see_badge(page: Page, given: str) -> None:
    page.get_by_role("link", name="Show my badge").click()
    expect(page.locator(".badge__given-name")).to_have_text(given)
    expect(page.locator(".badge__code svg, .badge__code img").first).to_be_visible()
    page.get_by_role("link", name="Back to your registration").click()


def correct_organisation(page: Page) -> None:
    page.get_by_role("link", name="Change", exact=True).click()
    expect(page.get_by_label("Given name")).to_have_value(GUEST.split(maxsplit=1)[0])
    page.get_by_label("Given name").fill("")
    page.get_by_label("Organisation").fill("Town of Paper")
    page.get_by_role("button", name="Save").click()
    # A mistake is pointed at, and what was typed is still there.
    expect(page.get_by_text("Write your given name.").first).to_be_visible()
    expect(page.get_by_label("Organisation")).to_have_value("Town of Paper")
    page.get_by_label("Given name").fill(GUEST.split(maxsplit=1)[0])
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your changes are saved.")).to_be_visible()
    expect(page.get_by_text("Town of Paper")).to_be_visible()


def give_back(page: Page) -> None:
    page.get_by_role("link", name="Give my place back").click()
    expect(page.get_by_role("heading", name="Give your place back?")).to_be_visible()
    page.get_by_role("button", name="Yes, give it back").click()
    expect(page.get_by_role("heading", name="Your registration is cancelled")).to_be_visible()


def add_guest(page: Page) -> None:
    page.get_by_role("link", name="Guest list").click()
    page.get_by_role("link", name="Add a guest").click()
    given, family = ADDED.split()
    page.get_by_label("Given name").fill(given)
    page.get_by_label("Family name").fill(family)
    page.get_by_label("E-mail address").fill(ADDED_ADDRESS)
    page.get_by_role("button", name="Add the guest").click()
    expect(page.get_by_role("link", name=ADDED)).to_be_visible()


def check_in(page: Page, demo: Demo, title: str, code: str) -> None:
    """Type the code that stands under the QR, twice; the second time the door knows."""
    page.goto(demo.url("/checkin/?all"))
    page.get_by_role("link", name=title).click()
    for word in ("Welcome", "Already in"):
        page.get_by_label("Code on the badge").fill(code.lower())
        page.get_by_role("button", name="Check in", exact=True).click()
        expect(page.locator(".verdict__word")).to_have_text(word)
        expect(page.locator(".verdict__name")).to_have_text(ADDED)
        page.get_by_role("link", name="Next badge").click()
    expect(page.locator("[data-present]")).to_have_text("1")


def test_guest_organiser_and_door_without_javascript_do_all_they_came_for(
    demo: Demo, people: tuple[Page, Page]
) -> None:
    organiser, guest = people
    title = "An evening on paper"

    sign_in(organiser, demo, "organiser")
    create_event(organiser, title)
    event_page = organiser.url
    register(guest, publish(organiser), GUEST, ADDRESS)
    guest.goto(manage_link(wait_for_letter(guest, demo, ADDRESS)))
    see_badge(guest, GUEST.split(maxsplit=1)[0])
    correct_organisation(guest)
    give_back(guest)
    organiser.goto(event_page)
    add_guest(organiser)
    letter = wait_for_letter(guest, demo, ADDED_ADDRESS).get_body(("plain",))
    code = re.search(r"\b[A-Z2-7]{26}\b", letter.get_content() if letter else "")
    assert code
    check_in(organiser, demo, title, code[0])

    organiser.goto(event_page)
    organiser.get_by_role("link", name="Guest list").click()
    organiser.get_by_role("link", name=re.compile("^Cancelled")).click()
    expect(organiser.get_by_role("link", name=GUEST)).to_be_visible()


def test_lost_link_without_javascript_arrives_again(demo: Demo, people: tuple[Page, Page]) -> None:
    _, guest = people
    address = "lost@guests.example"
    register(guest, demo.url("/events/new-year-reception/"), "Lo Stlink", address)
    first = manage_link(wait_for_letter(guest, demo, address))

    guest.goto(demo.url("/events/new-year-reception/my-link/"))
    guest.get_by_label("E-mail address").fill(address)
    send(guest, "Send me my link")
    expect(guest.get_by_text("Look into your mail")).to_be_visible()

    guest.goto(manage_link(wait_for_letter(guest, demo, address, number=2)))
    expect(guest.get_by_role("heading", name="You have a place")).to_be_visible()
    assert guest.url.startswith(first.split("/my/")[0])


def test_public_numbers_without_javascript_are_all_there(demo: Demo, people: tuple[Page, Page]) -> None:
    _, guest = people

    guest.goto(demo.url("/totals/"))

    values = guest.locator(".stats--large .stat__value").all_inner_texts()
    assert len(values) == 6
    assert all(int(re.sub(r"\D", "", value)) > 0 for value in values)
    answer = guest.request.get(demo.url("/api/v1/totals/?delegation=lille-metropole")).json()
    assert {int(re.sub(r"\D", "", value)) for value in values} == {
        figure["value"] for figure in answer["figures"].values()
    }
