"""The door app as its people use it: a real Chromium, a camera that sees a badge, a scanner that types, a dead network."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from checkin.models import Attendance, Scan
from delegations.enums import Role
from registrations.models import Registration
from tests import factories
from tests.checkin import camera
from tests.checkin.door import door_of, outcomes, reading, scan

pytestmark = pytest.mark.django_db(transaction=True)
VERDICT = "[data-verdict]:not([hidden])"


@pytest.fixture
def event():
    return factories.event(starts_at=factories.now() + factories.timedelta(minutes=30), title={"en": "Night trains"})


@pytest.fixture
def guest(event):
    return factories.registration(event, given_name="Zoë", family_name="Łukasiewicz", organisation="Stadt Köln")


@pytest.fixture
def signed_in(event, live_server):
    """Signs a browser context in as somebody at the event's door."""
    client = Client()
    client.force_login(factories.member(Role.DOOR, of=event.delegation))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    return lambda context: context.add_cookies([cookie])


@pytest.fixture
def door_page(page, event, live_server, signed_in):
    """The door's page on a phone, without a camera."""
    signed_in(page.context)
    page.goto(f"{live_server.url}/checkin/")
    page.wait_for_selector("[data-camera]")
    return page


def type_fast(page, text):
    """Type as a keyboard scanner does: all keys at once, then Enter."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def said(page):
    return page.locator(VERDICT).inner_text()


@pytest.fixture
def camera_page(chromium, chromium_path, guest, live_server, signed_in, tmp_path):
    """The door's page on a phone whose camera sees an empty table for a second, then the guest's badge held still."""
    video = camera.write_video(tmp_path / "badge.y4m", [("", 1), (guest.badge_code, 9)])
    switches = ["--no-sandbox", "--disable-background-networking", *camera.arguments(video)]
    browser = chromium.browser_type.launch(executable_path=chromium_path, args=switches)
    page = browser.new_page(viewport={"width": 360, "height": 740}, locale="en-GB")
    page.context.grant_permissions(["camera"])
    signed_in(page.context)
    page.goto(f"{live_server.url}/checkin/")
    yield page
    browser.close()


def test_door_camera_held_on_a_badge_admits_once_and_says_who(camera_page):
    camera_page.wait_for_selector(VERDICT, timeout=30_000)  # it was allowed before, so it starts by itself
    text, css = said(camera_page), camera_page.locator(VERDICT).get_attribute("class")
    camera_page.get_by_role("button", name="Next badge").click()
    camera_page.wait_for_timeout(3000)  # the badge is still held still

    assert "is-admitted" in css
    assert text.split("\n")[0] == "Welcome"
    assert all(word in text for word in ("Zoë Łukasiewicz", "Stadt Köln"))
    assert [row.outcome for row in Scan.objects.all()] == ["admitted"]
    assert camera_page.locator("[data-present]").inner_text() == "1"


def test_door_camera_is_stopped_and_started_by_a_button(camera_page):
    camera_page.get_by_role("button", name="Stop the camera").click()
    camera_page.wait_for_selector("[data-lens]", state="hidden")

    camera_page.get_by_role("button", name="Start the camera").click()

    camera_page.wait_for_selector(f"{VERDICT}.is-admitted", timeout=30_000)


def test_door_keyboard_scanner_is_heard_wherever_the_focus_is(door_page, guest):
    door_page.locator("[data-name]").focus()

    type_fast(door_page, guest.badge_code)

    door_page.wait_for_selector(VERDICT)
    assert "Welcome" in said(door_page)
    assert door_page.locator("[data-name]").input_value() == ""
    assert door_page.locator("[data-said-calmly]").inner_text().startswith("Welcome, Zoë Łukasiewicz")
    type_fast(door_page, guest.badge_code)  # the next badge comes while the verdict still stands
    door_page.wait_for_selector(f"{VERDICT}.is-already-in")
    assert "since" in said(door_page)
    assert outcomes(Scan.objects.order_by("received_at")) == ["admitted", "already_in"]


def test_door_scanner_on_an_azerty_machine_is_understood(door_page, guest):
    garbled = guest.badge_code.translate(str.maketrans("AQWZM234567", "QAZW?é\"'(-è"))
    # Chromium here has no AZERTY keys to press, so the page is told of them.
    press = "key => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))"
    door_page.evaluate(f"keys => keys.forEach({press})", [*garbled, "Enter"])

    door_page.wait_for_selector(VERDICT)
    assert "Welcome" in said(door_page)


def test_door_unknown_code_interrupts_and_stays(door_page):
    door_page.get_by_label("Code on the badge").fill("no badge")
    door_page.get_by_role("button", name="Check in").click()

    door_page.wait_for_selector(f"{VERDICT}.is-unknown-code")
    assert door_page.locator("[data-said-at-once]").inner_text().startswith("Unknown code")
    assert door_page.get_by_role("button", name="Undo").count() == 0
    door_page.keyboard.press("Escape")
    door_page.wait_for_selector(VERDICT, state="detached")


def test_door_name_leads_to_check_in_and_undo_leads_back(door_page, guest):
    door_page.locator("[data-name]").press_sequentially("luka", delay=80)
    door_page.get_by_role("button", name="Check in Zoë Łukasiewicz").click()
    door_page.wait_for_selector(f"{VERDICT}.is-admitted")
    door_page.wait_for_selector("[data-present]:text-is('1')")

    door_page.get_by_role("button", name="Undo (").click()

    door_page.wait_for_selector(f"{VERDICT}.is-undone")
    door_page.wait_for_selector("[data-present]:text-is('0')")
    assert not Attendance.objects.exists()


def test_door_undo_works_from_the_list_of_the_latest_scans(door_page, event, guest):
    scan(door_of(event), reading(guest))
    door_page.reload()
    door_page.wait_for_selector("[data-latest] button[type=button]")

    door_page.get_by_role("button", name="Undo Zoë Łukasiewicz").click()

    door_page.wait_for_selector(f"{VERDICT}.is-undone")
    assert not Attendance.objects.exists()


def test_door_without_an_answer_shows_no_verdict_and_sends_the_same_scan_again(door_page, guest):
    sent = []
    door_page.on("request", lambda request: sent.append(request.post_data_json) if request.method == "POST" else None)
    door_page.context.set_offline(True)
    type_fast(door_page, guest.badge_code)
    door_page.wait_for_selector(f"{VERDICT}.is-failed")
    assert "can’t be reached" in said(door_page)
    assert not Scan.objects.exists()

    door_page.context.set_offline(False)
    door_page.locator(VERDICT).get_by_role("button", name="Try again").click()

    door_page.wait_for_selector(f"{VERDICT}.is-admitted")
    assert sent[0] == sent[1]
    assert str(Scan.objects.get().pk) == sent[0]["scans"][0]["id"]


def test_door_answer_that_got_lost_is_asked_for_again_and_counts_once(door_page, guest):
    lost = []

    def lose(route):
        route.fetch()
        lost.append(True)
        route.abort()

    door_page.route(
        "**/scans/", lambda route: lose(route) if route.request.method == "POST" and not lost else route.continue_()
    )
    type_fast(door_page, guest.badge_code)
    door_page.wait_for_selector(f"{VERDICT}.is-failed")

    door_page.locator(VERDICT).get_by_role("button", name="Try again").click()

    door_page.wait_for_selector(f"{VERDICT}.is-admitted")
    assert Scan.objects.count() == 1


def test_door_signed_out_says_so(door_page, guest):
    door_page.context.clear_cookies()

    type_fast(door_page, guest.badge_code)

    door_page.wait_for_selector(f"{VERDICT}.is-failed")
    assert "You are signed out" in said(door_page)


def test_door_guest_with_markup_in_the_name_is_shown_as_typed(door_page, event):
    name = "<img src=x onerror=alert(1)> {time}"
    guest = factories.registration(event, given_name="Zoë")
    Registration.objects.filter(pk=guest.pk).update(family_name=name)

    type_fast(door_page, guest.badge_code)

    door_page.wait_for_selector(f"{VERDICT}.is-admitted")
    assert name in said(door_page)
    assert door_page.locator("[data-verdict] img, [data-latest] img").count() == 0


def test_door_sound_can_be_switched_off_and_stays_so(door_page):
    door_page.get_by_role("button", name="Sound").click()
    door_page.reload()

    assert door_page.get_by_role("button", name="Sound").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_door_is_accessible_and_fits(door_page, guest, width):
    door_page.set_viewport_size({"width": width, "height": 740})
    door_page.locator("[data-name]").press_sequentially("zo", delay=80)
    door_page.wait_for_selector("[data-found] .door__person")
    quiet = Axe().run(door_page)
    type_fast(door_page, guest.badge_code)
    door_page.wait_for_selector(VERDICT)
    door_page.wait_for_timeout(400)
    loud = Axe().run(door_page)

    assert quiet.violations_count == 0, quiet.generate_report()
    assert loud.violations_count == 0, loud.generate_report()
    assert door_page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_door_without_javascript_checks_in_by_name_and_undoes(chromium, event, guest, live_server, signed_in):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="en-GB")
    signed_in(context)
    page = context.new_page()
    page.goto(f"{live_server.url}/checkin/")

    page.get_by_label("Name or organisation").fill("koln")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Check in Zoë").click()
    verdict = page.locator(".verdict").inner_text()
    page.get_by_role("button", name="Undo").click()
    notice = page.locator(".messages").inner_text()
    context.close()

    assert "Welcome" in verdict
    assert "does not count as in" in notice
    assert not Attendance.objects.exists()
