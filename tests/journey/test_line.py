"""The whole way once, with real parts only: from ``make run`` to the total that moved by one."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journey import camera
from tests.journey.deeds import create_event, publish, register, wall_clock
from tests.journey.demo import (
    Demo,
    Watch,
    badge_picture,
    manage_link,
    open_context,
    sign_in,
    wait_for_letter,
)
from tests.processes import wait_until

pytestmark = [pytest.mark.once, pytest.mark.timeout(300)]

TITLE, GUEST, ADDRESS = "An evening on the tramway", "Aurélie Exemple", "aurelie@guests.example"
OFFICE = "lille-metropole"


@pytest.fixture
def demo(tmp_path: Path, chromium_path: str) -> Iterator[Demo]:
    """The demo as the README starts it, with nothing set but the folder and the port."""
    with Demo(tmp_path, ["make", "run"]) as running:
        yield running


def see_letter_as_reader(page: Page) -> None:
    """The letter in its frame shows the badge's picture."""
    picture = page.frame_locator("iframe.letter-frame").locator("img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth") >= 100


def scanned(page: Page) -> Locator:
    """The verdict that comes up: where the camera has been allowed before, it starts with the page."""
    verdict = page.locator("[data-verdict]")
    expect(verdict).to_be_visible(timeout=60_000)
    return verdict


def tally(page: Page) -> int:
    return int(page.locator("[data-present]").inner_text())


def latest_scans(page: Page) -> list[str]:
    return page.locator("[data-latest] li").all_inner_texts()


def check_in(page: Page) -> None:
    """Scan, hold the badge still, undo; reload and scan, reload and scan: in the end the guest is in, once."""
    verdict = scanned(page)
    expect(verdict).to_contain_text("Welcome")
    expect(verdict).to_contain_text(GUEST)
    expect(verdict).to_contain_text("City of Example")
    box = verdict.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (360, 740), "the verdict fills the screen"
    # The badge stays before the camera for dozens of frames, and for longer than a verdict protects itself from the next.
    page.wait_for_timeout(3000)
    assert tally(page) == 1
    assert len(latest_scans(page)) == 1

    verdict.get_by_role("button", name="Undo").click()
    expect(verdict).to_contain_text("Undone")
    expect(page.locator("[data-present]")).to_have_text("0")

    page.reload()
    expect(scanned(page)).to_contain_text("Welcome")
    page.reload()
    verdict = scanned(page)
    expect(verdict).to_contain_text(re.compile(r"Already in.*since \d\d:\d\d", re.DOTALL))
    expect(page.locator("[data-present]")).to_have_text("1")


def see_checked_in(page: Page) -> None:
    """The organiser finds the guest under those who came, and nobody else."""
    page.get_by_role("link", name="Guest list").click()
    page.get_by_role("link", name=re.compile("^Checked in")).click()
    rows = page.locator("table.table tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text(GUEST)
    expect(rows.first).to_contain_text(re.compile("checked in", re.IGNORECASE))


def end_early(page: Page) -> None:
    """Say that the event ended a minute ago; the guest will be told, and the page says so before it saves."""
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("End", exact=True).fill(wall_clock(-1))
    page.get_by_label("Registration closes").fill(wall_clock(-2))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("1 guest will be told of this change")).to_be_visible()
    page.get_by_role("button", name="Save and write to them").click()
    expect(page.get_by_text("The event is over")).to_be_visible()


def close(page: Page) -> None:
    """Close the books after a look at the counts that will be frozen."""
    page.get_by_role("link", name="Close the books").click()
    expect(page.get_by_text("grow by 1")).to_be_visible()
    page.get_by_role("button", name="Close the books").click()
    expect(page.get_by_text("1 participant is in the statement.")).to_be_visible()


def participants(browser: Browser, demo: Demo) -> tuple[int, int]:
    """The figure that everybody sees, on the page and by the API."""
    context = open_context(browser)
    try:
        page = context.new_page()
        page.goto(demo.url("/totals/"))
        stat = page.locator(".stat", has_text=re.compile("participants"))
        shown = int(re.sub(r"\D", "", stat.locator(".stat__value").first.inner_text()))
        answer = page.request.get(demo.url(f"/api/v1/totals/?delegation={OFFICE}")).json()
        return shown, answer["figures"]["participants"]["value"]
    finally:
        context.close()


def test_event_from_draft_to_published_total_with_the_badge_of_the_sent_letter(
    demo: Demo, chromium: Browser, chromium_path: str, tmp_path: Path
) -> None:
    desk, phone = open_context(chromium), open_context(chromium, 360, 740, has_touch=True)
    watches = [Watch(desk), Watch(phone)]
    before = participants(chromium, demo)
    organiser, guest = desk.new_page(), phone.new_page()

    sign_in(organiser, demo, "organiser")
    create_event(organiser, TITLE)
    event_page = organiser.url
    register(guest, publish(organiser), GUEST, ADDRESS)
    letter = wait_for_letter(guest, demo, ADDRESS)
    see_letter_as_reader(guest)
    guest.goto(manage_link(letter))
    expect(guest.get_by_role("heading", name="You have a place")).to_be_visible()

    video = camera.write_video(tmp_path / "badge.y4m", badge_picture(letter))
    with_camera = chromium.browser_type.launch(
        executable_path=chromium_path,
        args=["--no-sandbox", "--disable-background-networking", *camera.arguments(video)],
    )
    try:
        hall = open_context(with_camera, 360, 740)
        watches.append(Watch(hall))
        door = hall.new_page()
        sign_in(door, demo, "door")
        door.goto(demo.url("/checkin/"))
        if not door.locator("[data-code-form]").count():
            door.get_by_role("link", name=TITLE).click()
        check_in(door)
    finally:
        with_camera.close()

    organiser.goto(event_page)
    see_checked_in(organiser)
    end_early(organiser)
    close(organiser)

    assert participants(chromium, demo) == (before[0] + 1, before[1] + 1)
    assert before[0] == before[1]
    assert [fault for watch in watches for fault in watch.faults] == []
    for context in (desk, phone):
        context.close()
    stop_as_a_person_does(demo)


def stop_as_a_person_does(demo: Demo) -> None:
    """Ctrl-C in a terminal: the signal goes to make and to what it started alike. Nothing may be left."""
    os.killpg(demo.running.process.pid, signal.SIGINT)
    demo.running.process.wait(40)
    wait_until(lambda: not demo.processes, 10, f"{len(demo.processes)} processes outlived Ctrl-C")
    assert "Guimard has stopped." in demo.running.text
