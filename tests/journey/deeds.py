"""What an organiser and a guest do in a browser on the way to a full list, with or without scripts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journey.demo import fill_person

HOUSE = ZoneInfo("Europe/Brussels")


def wall_clock(minutes: int) -> str:
    """What the clock on the wall of the house shows in so many minutes, as the form wants it."""
    return (datetime.now(HOUSE) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


def create_event(page: Page, title: str) -> None:
    """Draft an event that has just begun, so that its door is open, and lasts for another hour."""
    page.get_by_role("link", name="New event").first.click()
    page.get_by_label("Title (English)").fill(title)
    page.get_by_label("Summary (English)").fill("One hour, one line, one hundred years.")
    page.get_by_label("French", exact=True).uncheck()
    page.get_by_label("Start", exact=True).fill(wall_clock(-10))
    page.get_by_label("End", exact=True).fill(wall_clock(60))
    page.get_by_label("Registration closes").fill(wall_clock(30))
    page.get_by_label("Places in person").fill("5")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def publish(page: Page) -> str:
    """Publish the event of the page; returns the address that guests get."""
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("The event is published.")).to_be_visible()
    return page.locator("#public-address").inner_text()


def send(page: Page, button: str) -> None:
    """Press the button of a public form; whoever sends it within two seconds is asked again, as robots are that fast."""
    page.wait_for_timeout(2100)
    page.get_by_role("button", name=button).click()


def register(page: Page, address: str, guest: str, mail: str) -> None:
    """Register as a guest does: from the event's page by its one button."""
    page.goto(address)
    page.get_by_role("link", name="Register").first.click()
    fill_person(page, *guest.split(), mail)
    send(page, "Register")
    expect(page.get_by_role("heading", name="Your place is confirmed")).to_be_visible()
    expect(page.get_by_text(mail).first).to_be_visible()
