"""Letters as a mail program on a phone shows them, by day and by night."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from core.letterfiles import LetterFile
from events.models import Event
from registrations.enums import LetterKind
from tests import factories
from tests.registrations.letters.reading import letter_of, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LONG = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung"


@pytest.fixture
def guest():
    office = factories.delegation(
        name={"en": f"Delegation for {LONG}"}, accent="#ffd617", ink="#ffffff", website="https://office.example/"
    )
    event = factories.event(of=office, title={"en": LONG}, venue=factories.venue(access={"en": "Ring twice."}))
    return factories.registration(event, given_name=LONG, organisation=LONG, letter=False)


def looked_at(browser: Any, html: str, scheme: str) -> list[str]:
    """What is wrong with the letter at 320 px."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    page.set_content(html)
    faults = [violation["id"] for violation in Axe().run(page).response["violations"]]
    faults += [f"{width} px wide" for width in [page.evaluate("document.documentElement.scrollWidth")] if width > 320]
    context.close()
    return faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", [LetterKind.CONFIRMED, LetterKind.REMINDER, LetterKind.EVENT_CHANGED])
def test_letter_on_a_phone_fits_and_has_no_fault_that_axe_finds(chromium, guest, kind, scheme):
    former = {"starts_at": "2026-01-01T10:00:00+00:00", "venue": factories.venue(name=LONG).pk}
    message = send(letter_of(guest, kind, before=former))

    assert looked_at(chromium, LetterFile("letter.eml", message).html, scheme) == []


def test_letter_online_on_a_phone_fits(chromium, guest):
    Event.objects.update(format="online", online_url=f"https://meet.example/{'room' * 30}")
    type(guest).objects.update(mode="online")
    message = send(letter_of(guest, LetterKind.REMINDER))

    assert looked_at(chromium, LetterFile("letter.eml", message).html, "dark") == []
