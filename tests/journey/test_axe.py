"""axe on every page, and no page wider than a small phone. The list of pages is the URL configuration's."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journey.deeds import send
from tests.journey.demo import (
    PASSWORD,
    Demo,
    Watch,
    fill_person,
    manage_link,
    open_context,
    sign_in,
    wait_for_letter,
)
from tests.journey.walk import NarrowWalk, Walk
from tests.test_access import _addresses

pytestmark = [pytest.mark.once, pytest.mark.timeout(400)]

# Addresses that give a file or data.
FILES = {
    "healthz",
    "readyz",
    "metrics",
    "events:feed",
    "events:ics",
    "events:brand",
    "registrations:badge_pdf",
    "registrations:ics",
    "desk:guests_export",
    "events:cover",
    "desk:job_file",
    "mfa_download_recovery_codes",
}
# Addresses that only take what a form sends (their GET answers 405).
DEEDS = {
    "set_language",
    "desk:switch",
    "desk:event_publish",
    "desk:guest_approve",
    "desk:guest_decline",
    "desk:guest_mode",
    "desk:guest_resend",
    "checkin:scan",
    "checkin:undo",
}
# Pages of django-allauth that a closed house never shows: they lead elsewhere at once.
NEVER_SHOWN = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email",  # not offered here: it answers 404
    "account_email_verification_sent",
    "account_set_password",
    "mfa_authenticate",
}
MAILBOX = {"mailbox", "mailbox_letter", "mailbox_html"}
NO_PAGES = FILES | DEEDS
STAFF_ACCOUNT = {
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
}
NAMES = {name for route, name in _addresses() if not route.startswith(("operator/", "api/"))} | MAILBOX


def is_staff(name: str) -> bool:
    """Whether a page is behind the sign-in."""
    return name.startswith(("desk:", "checkin:", "mfa_")) or name in STAFF_ACCOUNT or _is_book(name)


def _is_book(name: str) -> bool:
    return name.startswith("totals:") and name not in ("totals:public", "totals:delegation")


PAGES = NAMES - NO_PAGES - NEVER_SHOWN
STAFF_PAGES = {name for name in PAGES if is_staff(name)}
ACCOUNT_PAGES = {name for name in STAFF_PAGES if name.startswith(("account_", "mfa_"))}


# --- what no link leads to --------------------------------------------------------------------------------------------
def cancel_reception(browser: Browser, demo: Demo) -> None:
    """Have the organiser call off one of the demo's events, so that a cancelled one can be looked at."""
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, demo, "organiser")
    page.goto(demo.url("/desk/events/"))
    page.get_by_role("link", name=re.compile("reception of the house")).first.click()
    page.get_by_role("link", name=re.compile("^Cancel this event")).click()
    page.get_by_role("textbox").first.fill("The lift is out of order.")
    page.get_by_role("button", name=re.compile("[Cc]ancel")).click()
    expect(page.get_by_text("This event is cancelled")).to_be_visible()
    context.close()


def look_at_errors(walk: Walk, demo: Demo) -> None:
    """Pages that say that something is wrong."""
    page = walk.page
    walk.open("/no/such/page/", "not found")
    walk.open("/my/1/no-such-link/", "unknown link")
    walk.open("/events/mobility-forum/registered/no-receipt/", "receipt gone")
    page.goto(demo.url("/events/mobility-forum/register/"))
    send(page, "Register")
    expect(page.locator(".field--invalid").first).to_be_visible()
    walk.look("with errors")
    page.goto(demo.url("/accounts/login/"))
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".field--invalid").first).to_be_visible()
    walk.look("with errors")


def look_at_own_pages(walk: Walk, demo: Demo) -> None:
    """All that a guest meets after the form: receipt, letter, own pages, the cancelled registration."""
    page, address = walk.page, "annemarie@guests.example"
    page.goto(demo.url("/events/mobility-forum/register/"))
    fill_person(page, "Annemarie-Léopoldine", "van den Exempel-Voorbeeldenberg", address)
    page.get_by_role("radio", name=re.compile("In person")).check()
    send(page, "Register")
    expect(page.get_by_role("heading", name="Your place is confirmed")).to_be_visible()
    walk.look()
    letter = wait_for_letter(page, demo, address)
    walk.look()
    letter_alone = page.get_by_role("link", name="Open the letter alone").get_attribute("href")
    walk.follow("/mailbox/")
    walk.look_at_letter(letter_alone)
    own = manage_link(letter).removeprefix(demo.address)
    walk.follow(own)
    page.goto(demo.url(own))
    page.get_by_role("link", name="Give my place back").click()
    page.get_by_role("button", name="Yes, give it back").click()
    expect(page.get_by_role("heading", name="Your registration is cancelled")).to_be_visible()
    walk.look("cancelled")


def look_at_waiting_list(walk: Walk, demo: Demo) -> None:
    page = walk.page
    page.goto(demo.url("/events/circular-kitchens/register/"))
    fill_person(page, "Bo", "Example", "bo@guests.example")
    send(page, "Join the waiting list")
    expect(page.get_by_role("heading", name="You are on the waiting list")).to_be_visible()
    walk.look("waiting")
    walk.open("/my/link/", "")
    page.get_by_label("E-mail address").fill("bo@guests.example")
    send(page, "Send me my link")
    expect(page.get_by_text("Look into your mail")).to_be_visible()
    walk.look("sent")


def look_at_lost_password(walk: Walk, demo: Demo) -> None:
    """A new password by letter, up to the page that would set it; the demo's password stays."""
    page, address = walk.page, "head@demo.example"
    page.goto(demo.url("/accounts/password/reset/"))
    page.get_by_label(re.compile("^e-?mail", re.IGNORECASE)).fill(address)
    page.locator("main form [type=submit]").click()
    page.wait_for_url("**/password/reset/done/")
    walk.look()
    text = wait_for_letter(page, demo, address).get_body(("plain",))
    found = re.search(r"http://localhost:\d+(/accounts/password/reset/key/\S+)", text.get_content() if text else "")
    assert found
    page.goto(demo.url(found[1]))
    expect(page.locator("input[type=password]").first).to_be_visible()
    walk.look()
    walk.follow("/accounts/password/reset/key/done/", "/accounts/inactive/", "/accounts/signup/")


def assert_sound(walk: Walk, watch: Watch, pages: set[str]) -> None:
    assert walk.faults == [], "\n".join(walk.faults)
    assert watch.faults == []
    unseen = sorted(pages - set(walk.visited))
    assert unseen == [], f"pages that nobody has looked at: {unseen}"


def test_every_public_page_passes_axe_and_fits_a_small_phone(demo: Demo, chromium: Browser) -> None:
    cancel_reception(chromium, demo)
    context = open_context(chromium)
    watch, walk = Watch(context), Walk(context.new_page(), demo, NO_PAGES)

    walk.follow("/", "/totals/lille-metropole/", "/totals/hauts-de-france/")
    look_at_errors(walk, demo)
    look_at_own_pages(walk, demo)
    look_at_waiting_list(walk, demo)
    look_at_lost_password(walk, demo)

    context.close()
    assert_sound(walk, watch, PAGES - STAFF_PAGES)


# --- staff --------------------------------------------------------------------------------------------------------------
def look_at_draft(walk: Walk, demo: Demo) -> None:
    """The event form with errors, then a draft that still lacks something, and its preview."""
    page = walk.page
    page.goto(demo.url("/desk/events/new/"))
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator(".field--invalid").first).to_be_visible()
    walk.look("with errors")
    page.get_by_label("French", exact=True).uncheck()
    page.get_by_label("Title (English)").fill("Donaudampfschifffahrtsgesellschaftsversammlung")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("button", name="Publish")).to_be_visible()
    walk.look("draft")
    walk.follow(page.get_by_role("link", name="See it as a guest").get_attribute("href"))


def look_at_guests(walk: Walk, demo: Demo, event: str) -> None:
    page = walk.page
    walk.open(f"{event}guests/?q=zzzz", "nobody found")
    page.goto(demo.url(f"{event}guests/add/"))
    page.get_by_role("button", name="Add the guest").click()
    expect(page.locator(".field--invalid").first).to_be_visible()
    walk.look("with errors")
    page.goto(demo.url(f"{event}badges/"))
    page.get_by_role("button", name="Make the badges").click()
    page.wait_for_url("**/desk/jobs/**")
    walk.look("at work")
    expect(page.get_by_role("link", name="Download the PDF")).to_be_visible(timeout=60_000)
    walk.look()


def look_at_door(walk: Walk, demo: Demo) -> None:
    """The door of the event that is over: found by name, let in, an unknown code, and the verdict as a page of its own."""
    page = walk.page
    page.goto(demo.url("/checkin/?all"))
    page.get_by_role("link", name="The soil under the city").click()
    door = page.url
    page.get_by_label("Name or organisation").type("ex")
    expect(page.locator("[data-found] li").first).to_be_visible()
    walk.look("found")
    verdict = page.locator("[data-verdict]")
    page.locator("[data-found]").get_by_role("button").first.click()
    expect(verdict).to_be_visible()
    walk.look("verdict")
    page.goto(door)
    page.get_by_label("Code on the badge").fill("A" * 26)
    page.get_by_role("button", name="Check in", exact=True).click()
    expect(verdict).to_be_visible()
    walk.look("unknown code")
    page.goto(door)
    form = page.locator("[data-code-form]")
    fields = {name: form.locator(f"[name={name}]").input_value() for name in ("csrfmiddlewaretoken", "id")}
    answer = page.request.post(
        demo.url(form.get_attribute("action")), form={**fields, "code": "B" * 26}, headers={"Referer": door}
    )
    walk.open(answer.url.removeprefix(demo.address), "")


def look_at_second_factor(walk: Walk, demo: Demo) -> None:
    """Turn on the authenticator app, and see all pages that it brings."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    page = walk.page
    page.goto(demo.url("/accounts/2fa/totp/activate/"))
    if "reauthenticate" in page.url:
        walk.look()
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main form [type=submit]").first.click()
        page.wait_for_url("**/activate/")
    walk.look()
    secret = page.locator("input[disabled], input[readonly]").first.input_value()
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    page.locator("[name=code]").fill(code)
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url(re.compile("/accounts/2fa/(?!totp/activate)"))
    walk.open("/accounts/2fa/", "with an app")
    walk.follow(
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/reauthenticate/",
    )


def look_with_little_access(browser: Browser, demo: Demo, faults: list[str]) -> None:
    """What somebody who only reads sees, the door closed to them included."""
    context = open_context(browser)
    walk = Walk(context.new_page(), demo, NO_PAGES)
    sign_in(walk.page, demo, "head")
    walk.open("/desk/", "as a reader")
    walk.open("/checkin/", "forbidden")
    context.close()
    faults.extend(walk.faults)


def test_every_staff_page_passes_axe_and_fits_a_small_phone(demo: Demo, chromium: Browser) -> None:
    context = open_context(chromium)
    elsewhere = NAMES - STAFF_PAGES | ACCOUNT_PAGES
    watch, walk = Watch(context), Walk(context.new_page(), demo, elsewhere)
    sign_in(walk.page, demo, "admin")

    walk.follow("/desk/")
    look_at_draft(walk, demo)
    walk.page.goto(demo.url("/desk/events/"))
    forum = walk.page.get_by_role("link", name=re.compile("^Forum of metropoles")).first.get_attribute("href")
    look_at_guests(walk, demo, forum)
    look_at_door(walk, demo)
    look_with_little_access(chromium, demo, walk.faults)

    context.close()
    assert_sound(walk, watch, STAFF_PAGES - ACCOUNT_PAGES)


def test_every_account_page_passes_axe_and_fits_a_small_phone(demo: Demo, chromium: Browser) -> None:
    context = open_context(chromium)
    watch, walk = Watch(context), Walk(context.new_page(), demo, NAMES - ACCOUNT_PAGES)
    # Whoever has a second factor can no longer sign in with a password alone: nobody else here signs in as they.
    sign_in(walk.page, demo, "door")

    walk.follow("/accounts/password/change/", "/accounts/reauthenticate/", "/accounts/2fa/")
    look_at_second_factor(walk, demo)
    walk.follow("/accounts/logout/")

    context.close()
    assert_sound(walk, watch, ACCOUNT_PAGES)


def test_every_page_with_the_long_words_of_german_fits_a_small_phone(demo: Demo, chromium: Browser) -> None:
    english = open_context(chromium)
    sign_in(english.new_page(), demo, "admin")
    german = open_context(chromium, locale="de-DE", storage_state=english.storage_state())
    walk = NarrowWalk(german.new_page(), demo, NO_PAGES)

    walk.follow("/", "/desk/", "/mailbox/", "/accounts/password/change/")

    assert walk.page.locator("html").get_attribute("lang") == "de"
    assert walk.faults == [], "\n".join(walk.faults)
    assert len(walk.visited) > 30
    english.close()
    german.close()
