"""A guest's own registration, by the link in their letter."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from icalendar import Calendar

from core.audit import SYSTEM
from desk import services as desk
from events.models import Event, Pool
from registrations import services
from registrations.enums import LetterKind, State
from registrations.models import Letter, Registration
from registrations.selectors import manage_token
from tests import factories as make
from tests.registrations.views import filling

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return unescape(" ".join(response.content.decode().split()))


def link(registration: Registration, page: str = "") -> str:
    return f"/my/{registration.pk}/{manage_token(registration)}/{page}"


def details(**changes) -> dict[str, str]:
    return {
        "given_name": "Ana",
        "family_name": "Example",
        "organisation": "City of Example",
        "country": "BE",
        "language": "en",
        **changes,
    }


# --- seeing ---------------------------------------------------------------------------------------------------------
def test_mine_shows_what_is_noted_and_what_can_be_done(client):
    guest = make.registration(make.event(title={"en": "Soil"}), given_name="Ana", family_name="Example", country="BE")

    response = client.get(link(guest))
    shown = text(response)

    for words in ("You have a place", "Soil", "Ana Example", guest.email, "Belgium", "Give my place back"):
        assert words in shown
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies


def test_mine_on_the_waiting_list_says_the_position(client):
    event = make.event(places=1)
    make.registration(event)
    make.registration(event)
    second = make.registration(event)

    shown = text(client.get(link(second)))

    assert "You are on the waiting list" in shown
    assert "You are number 2." in shown
    assert "badge/" not in shown


def test_mine_shows_the_meeting_to_confirmed_online_guests_only(client):
    event = make.event(format="hybrid", online=1, online_url="https://meet.example/room")
    online = make.registration(event, mode="online")
    waiting = make.registration(event, mode="online")
    in_room = make.registration(event, mode="in_person")

    assert "https://meet.example/room" in text(client.get(link(online)))
    assert "https://meet.example/room" not in text(client.get(link(waiting)))
    assert "https://meet.example/room" not in text(client.get(link(in_room)))


def test_mine_of_a_cancelled_event_gives_the_reason_and_no_badge(client):
    event = make.event()
    guest = make.registration(event)
    desk.cancel_event(event=event, by=SYSTEM, at=make.now(), reason="The trains are on strike.")

    shown = text(client.get(link(guest)))

    assert "The trains are on strike." in shown
    assert "Show my badge" not in shown
    assert "edit/" not in shown


@pytest.mark.parametrize("page", ["", "edit/", "cancel/", "badge/", "badge.pdf", "event.ics"])
def test_wrong_or_replaced_link_opens_nothing_and_says_how_to_get_a_new_one(client, page):
    guest = make.registration(make.event())
    old = link(guest, page)
    services.correct_address(registration=guest, email="new@guests.example", by=SYSTEM, at=make.now())

    for address in (old, f"/my/{guest.pk}/{'a' * 26}/{page}", f"/my/999999/{'a' * 26}/{page}"):
        response = client.get(address)
        assert response.status_code == 404
        assert "Send me my link again" in text(response)
        assert guest.name not in text(response)


def test_mine_shows_names_as_text(client):
    guest = make.registration(make.event(), given_name="<script>alert(1)</script>", organisation="{{ 7|add:7 }}")

    for page in ("", "badge/", "edit/"):
        shown = client.get(link(guest, page)).content.decode()
        assert "<script>alert" not in shown
        assert "{{ 7|add:7 }}" in unescape(shown)


# --- changing -------------------------------------------------------------------------------------------------------
def test_edit_saves_the_details_and_keeps_the_badge(client):
    guest = make.registration(make.event())
    code = guest.badge_code

    response = client.post(link(guest, "edit/"), details(given_name="Anna", country="FR", language="fr"), follow=True)

    guest.refresh_from_db()
    assert (guest.given_name, guest.country, guest.language, guest.badge_code) == ("Anna", "FR", "fr", code)
    assert "Your changes are saved." in text(response)


def test_edit_with_a_mistake_keeps_what_was_typed(client):
    guest = make.registration(make.event())

    response = client.post(link(guest, "edit/"), details(family_name="", organisation="Elsewhere"))

    assert response.status_code == 422
    assert 'href="#id_family_name"' in text(response)
    assert 'value="Elsewhere"' in text(response)
    assert Registration.objects.get().organisation == "City of Example"


def test_edit_changes_the_mode_and_moves_the_place(client):
    event = make.event(format="hybrid", places=1, online=5)
    guest = make.registration(event, mode="in_person")
    waiting = make.registration(event, mode="in_person")

    client.post(link(guest, "edit/"), details(mode="online"))

    guest.refresh_from_db()
    waiting.refresh_from_db()
    assert (guest.mode, guest.status) == ("online", State.CONFIRMED)
    assert waiting.status == State.CONFIRMED
    assert dict(Pool.objects.filter(event=event).values_list("mode", "taken")) == {"in_person": 1, "online": 1}


def test_edit_to_a_full_mode_keeps_the_place_and_every_detail(client):
    event = make.event(format="hybrid", places=1, online=5)
    make.registration(event, mode="in_person")
    guest = make.registration(event, mode="online", given_name="Ada")

    response = client.post(link(guest, "edit/"), details(mode="in_person", given_name="Anna"))

    guest.refresh_from_db()
    assert response.status_code == 409
    assert "There is no place left this way" in text(response)
    assert (guest.mode, guest.status, guest.given_name) == ("online", State.CONFIRMED, "Ada")


def test_edit_and_cancel_after_the_end_change_nothing(client):
    event = make.event()
    guest = make.registration(event)
    Event.objects.filter(pk=event.pk).update(
        starts_at=make.now() - timedelta(hours=5), ends_at=make.now() - timedelta(hours=1)
    )

    edited = client.post(link(guest, "edit/"), details(given_name="Anna"))
    cancelled = client.post(link(guest, "cancel/"))

    guest.refresh_from_db()
    assert edited["Location"] == cancelled["Location"] == link(guest)
    assert (guest.given_name, guest.status) == ("Ada", State.CONFIRMED)


# --- cancelling -----------------------------------------------------------------------------------------------------
def test_cancel_asks_on_get_and_gives_the_place_on_with_the_button():
    event = make.event(places=1)
    guest, next_one = make.registration(event, letter=False), make.registration(event, letter=False)
    browser = Client(enforce_csrf_checks=True)

    asked = browser.get(link(guest, "cancel/"))
    guest.refresh_from_db()
    after_get = guest.status
    token = filling.value_of(asked.content.decode(), "csrfmiddlewaretoken")
    done = browser.post(link(guest, "cancel/"), {"csrfmiddlewaretoken": token}, follow=True)

    guest.refresh_from_db()
    next_one.refresh_from_db()
    assert after_get == State.CONFIRMED
    assert (guest.status, next_one.status) == (State.CANCELLED, State.CONFIRMED)
    assert "Your registration is cancelled" in text(done)
    assert set(Letter.objects.values_list("kind", flat=True)) == {LetterKind.CANCELLED_BY_GUEST, LetterKind.PROMOTED}


def test_cancel_twice_is_said_once_and_frees_one_place(client):
    event = make.event(places=5)
    guest = make.registration(event)
    make.registration(event)

    client.post(link(guest, "cancel/"))
    client.post(link(guest, "cancel/"))

    assert Pool.objects.get(event=event).taken == 1


# --- badge and calendar ---------------------------------------------------------------------------------------------
def test_badge_page_shows_the_code_as_symbol_and_as_text(client):
    guest = make.registration(make.event(), given_name="Ana")

    page = client.get(link(guest, "badge/")).content.decode()

    assert '<p class="badge__given-name">Ana</p>' in page
    assert guest.badge_code in page
    assert 'role="img" aria-label="QR code of your badge"' in page
    assert manage_token(guest) not in page.split('<article class="badge">')[1].split("</article>")[0]


def test_badge_file_is_a_pdf_of_this_guest(client):
    from io import BytesIO

    from pypdf import PdfReader

    guest = make.registration(make.event(), given_name="Zdzisława")

    response = client.get(link(guest, "badge.pdf"))

    assert response["Content-Type"] == "application/pdf"
    assert "attachment" in response["Content-Disposition"]
    assert "Zdzisława" in PdfReader(BytesIO(response.content)).pages[0].extract_text()


def test_badge_file_of_a_name_that_can_not_be_printed_says_so_and_shows_the_symbol(client):
    guest = make.registration(make.event(), given_name="明子")

    response = client.get(link(guest, "badge.pdf"))

    assert response.status_code == 422
    assert "明" in text(response)
    assert guest.badge_code in text(response)


def test_badge_of_somebody_without_a_place_leads_back(client):
    event = make.event(places=1)
    make.registration(event)
    waiting = make.registration(event)

    assert client.get(link(waiting, "badge/"))["Location"] == link(waiting)
    assert client.get(link(waiting, "badge.pdf"))["Location"] == link(waiting)


def test_calendar_entry_follows_the_registration(client):
    event = make.event(format="online", online=5, online_url="https://meet.example/room")
    guest = make.registration(event)

    live = Calendar.from_ical(client.get(link(guest, "event.ics")).content).walk("VEVENT")[0]
    services.cancel_registration(registration=guest, by=SYSTEM, at=make.now())
    gone = Calendar.from_ical(client.get(link(guest, "event.ics")).content).walk("VEVENT")[0]

    assert "https://meet.example/room" in live["DESCRIPTION"]
    assert (live["UID"], live["STATUS"]) == (gone["UID"], "CONFIRMED")
    assert gone["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("page", ["", "edit/", "cancel/", "badge/", "badge.pdf", "event.ics"])
def test_mine_changes_nothing_on_get(client, page):
    guest = make.registration(make.event())
    before = list(Registration.objects.values())

    client.get(link(guest, page))

    assert list(Registration.objects.values()) == before


@pytest.mark.parametrize("number", [1, 3])
def test_mine_asks_as_many_queries_with_one_guest_as_with_three(client, number, django_assert_num_queries):
    event = make.event(places=1)
    make.registration(event)
    guests = [make.registration(event) for _number in range(number)]

    with django_assert_num_queries(2):
        client.get(link(guests[-1]))
