"""The door's pages without JavaScript."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from checkin.models import Attendance, Scan
from core.audit import SYSTEM
from delegations.enums import Role
from desk import services as desk
from tests import factories
from tests.checkin.door import door_of, reading, scan

pytestmark = pytest.mark.django_db


def client_of(delegation, role=Role.DOOR):
    client = Client()
    client.force_login(factories.member(role, of=delegation))
    return client


def scan_id(page):
    return re.search(r'name="id" value="([0-9a-f-]{36})"', page.text).group(1)


# --- choosing -------------------------------------------------------------------------------------------------------
def test_choose_with_one_door_goes_straight_in():
    event = factories.event()

    answer = client_of(event.delegation).get("/checkin/")

    assert (answer.status_code, answer.url) == (302, f"/checkin/{door_of(event).pk}/")


def test_choose_lists_todays_event_first_and_past_ones_last():
    office, at = factories.delegation(), factories.now()
    later = factories.event(of=office, title={"en": "Later event"})
    past = factories.event(of=office, at=at - factories.timedelta(days=9), starts_at=at - factories.timedelta(days=8))
    today = factories.event(of=office, starts_at=at + factories.timedelta(seconds=1), title={"en": "Event of today"})
    draft = factories.event(of=office, status="draft", title={"en": "Only a draft"})
    elsewhere = factories.event(title={"en": "Of somebody else"})

    text = client_of(office).get("/checkin/").text

    assert text.index(today.title["en"]) < text.index(later.title["en"]) < text.index(past.title["en"])
    assert draft.title["en"] not in text
    assert elsewhere.title["en"] not in text


def test_choose_without_events_says_when_there_will_be_a_door():
    answer = client_of(factories.delegation()).get("/checkin/")

    assert "No door to open" in answer.text


@pytest.mark.parametrize("number", [2, 4])
def test_choose_asks_the_database_alike_for_any_list(number):
    office = factories.delegation()
    for _ in range(number):
        factories.event(of=office)
    client = client_of(office)

    with CaptureQueriesContext(connection) as queries:
        assert client.get("/checkin/").text.count("event-item__title") == number

    assert len(queries) == 6  # session, user, right, checkpoints; memberships and the chosen one in the frame


def test_choose_is_not_for_a_viewer():
    assert client_of(factories.delegation(), Role.VIEWER).get("/checkin/").status_code == 403


# --- the door -------------------------------------------------------------------------------------------------------
def test_door_page_lets_webassembly_run_here_and_inline_code_nowhere():
    event = factories.event()
    client = client_of(event.delegation)

    policy = client.get(f"/checkin/{door_of(event).pk}/")["Content-Security-Policy"]

    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "unsafe-inline" not in policy
    assert "wasm-unsafe-eval" not in client.get("/checkin/?all")["Content-Security-Policy"]


def test_door_page_tells_the_app_its_addresses_and_no_person():
    event = factories.event()
    guest, door = factories.registration(event, given_name="Zoë"), door_of(event)

    config = client_of(event.delegation).get(f"/checkin/{door.pk}/").context["config"]

    assert config["urls"]["scans"] == f"/api/v1/checkpoints/{door.pk}/scans/"
    assert config["urls"]["undo"].endswith("/scans/{scan}/undo/")
    assert config["urls"]["decoder"].endswith("dist/zxing_reader.wasm")
    assert guest.given_name not in str(config)


@pytest.mark.parametrize("number", [1, 3])
def test_door_page_asks_the_database_alike_for_any_number_of_scans_and_guests(number):
    event = factories.event()
    door, client = door_of(event), client_of(event.delegation)
    scan(door, *[reading(factories.registration(event, given_name="Zoë")) for _ in range(number)])

    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/checkin/{door.pk}/", {"q": "zoe"})

    assert page.text.count("door__person") == 2 * number
    assert len(queries) == 8  # session, user, checkpoint, names, presence, latest scans, two counts


def test_door_page_finds_by_name_and_checks_in_from_there():
    event = factories.event()
    guest, door, client = factories.registration(event, given_name="Zoë"), door_of(event), client_of(event.delegation)
    page = client.get(f"/checkin/{door.pk}/", {"q": "ZOE"})
    form = {"id": scan_id(page), "registration": guest.pk}

    verdict = client.post(f"/checkin/{door.pk}/scan/", form, follow=True)

    assert "Welcome" in verdict.text
    assert guest.name in verdict.text
    assert Attendance.objects.get().method == "list"


def test_scan_form_typed_code_leads_to_its_verdict_and_sent_twice_is_one_scan():
    event = factories.event()
    guest, door, client = (
        factories.registration(event, organisation="Stadt Köln"),
        door_of(event),
        client_of(event.delegation),
    )
    form = {"id": scan_id(client.get(f"/checkin/{door.pk}/")), "code": guest.badge_code.lower()}

    verdicts = [client.post(f"/checkin/{door.pk}/scan/", form, follow=True) for _ in range(2)]

    assert [verdict.text.count("is-admitted") for verdict in verdicts] == [1, 1]
    assert "Stadt Köln" in verdicts[0].text
    assert Scan.objects.count() == 1


def test_scan_form_second_reading_says_since_when_in_the_events_time_zone():
    event = factories.event(timezone="Asia/Tokyo")
    guest, door, client = factories.registration(event), door_of(event), client_of(event.delegation)
    first = factories.now() - factories.timedelta(minutes=90)
    scan(door, reading(guest, scanned_at=first))

    verdict = client.post(f"/checkin/{door.pk}/scan/", {"id": str(uuid.uuid4()), "code": guest.badge_code}, follow=True)

    assert "Already in" in verdict.text
    assert f"since {first.astimezone(event.zone):%H:%M}" in verdict.text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"code": "  "}, "Type the code"),
        ({}, "Type the code"),
        ({"code": "x" * 5000}, "at most 4296 characters"),
        ({"id": "no uuid", "code": "ABC"}, "valid UUID"),
    ],
)
def test_scan_form_with_an_error_says_it_and_keeps_what_was_typed(form, said):
    event = factories.event()

    page = client_of(event.delegation).post(f"/checkin/{door_of(event).pk}/scan/", {"id": str(uuid.uuid4()), **form})

    assert page.status_code == 422
    assert said in page.text
    assert form.get("code", "").strip() in page.text


def test_scan_form_with_an_id_of_another_door_says_so():
    event, other = factories.event(), factories.event()
    taken = scan(door_of(other), reading(factories.registration(other)))[0]

    form = {"id": str(taken.id), "code": "ABC"}
    page = client_of(event.delegation).post(f"/checkin/{door_of(event).pk}/scan/", form, follow=True)

    assert "belongs to another scan" in page.text


@pytest.mark.parametrize("code", ["\0", "'\"><script>", "😀", "A" * 26])
def test_scan_form_refuses_strange_codes_calmly(code):
    event = factories.event()

    form = {"id": str(uuid.uuid4()), "code": code}
    page = client_of(event.delegation).post(f"/checkin/{door_of(event).pk}/scan/", form, follow=True)

    assert ("Unknown code" in page.text) or ("Null characters" in page.text)
    assert "<script>" not in page.text.replace('<script type="module"', "")


def test_undo_button_on_the_verdict_takes_the_scan_back():
    event = factories.event()
    guest, door, client = factories.registration(event), door_of(event), client_of(event.delegation)
    admitted = scan(door, reading(guest))[0]
    verdict = client.get(f"/checkin/{door.pk}/scan/{admitted.id}/")
    assert f"/checkin/{door.pk}/scan/{admitted.id}/undo/" in verdict.text

    page = client.post(f"/checkin/{door.pk}/scan/{admitted.id}/undo/", follow=True)

    assert f"Undone: {guest.name} does not count as in." in page.text
    assert not Attendance.objects.exists()
    assert "undo/" not in client.get(f"/checkin/{door.pk}/scan/{admitted.id}/").text


def test_undo_of_one_of_two_readings_warns_that_the_guest_still_counts():
    event = factories.event()
    guest, door, client = factories.registration(event), door_of(event), client_of(event.delegation)
    first = scan(door, reading(guest), reading(guest))[0]

    page = client.post(f"/checkin/{door.pk}/scan/{first.id}/undo/", follow=True)

    assert "still counts as in" in page.text


def test_undo_of_a_refusal_says_why_not():
    event = factories.event()
    door, client = door_of(event), client_of(event.delegation)
    refused = scan(door, reading(code="nobody"))[0]

    page = client.post(f"/checkin/{door.pk}/scan/{refused.id}/undo/", follow=True)

    assert "nothing to undo" in page.text


@pytest.mark.parametrize("rest", ["scan/", "scan/{scan}/undo/"])
def test_door_changes_nothing_on_get(rest):
    event = factories.event()
    guest, door, client = factories.registration(event), door_of(event), client_of(event.delegation)
    admitted = scan(door, reading(guest))[0]

    answer = client.get(f"/checkin/{door.pk}/{rest.format(scan=admitted.id)}", {"code": guest.badge_code})

    assert answer.status_code == 405
    assert Scan.objects.count() == 1


@pytest.mark.parametrize("role", ["viewer", "outsider"])
def test_door_pages_do_not_exist_for_others(role):
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    admitted = scan(door, reading(guest))[0]
    client = (
        client_of(event.delegation, Role.VIEWER) if role == "viewer" else client_of(factories.delegation(), Role.ADMIN)
    )
    base = f"/checkin/{door.pk}/"

    answers = [client.get(base), client.get(f"{base}scan/{admitted.id}/")]
    answers += [client.post(f"{base}scan/", {"id": str(uuid.uuid4()), "code": "x"})]
    answers += [client.post(f"{base}scan/{admitted.id}/undo/")]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert Scan.objects.count() == 1


def test_door_pages_show_no_address_of_a_guest():
    event = factories.event()
    guest, door = factories.registration(event, given_name="Zoë", email="hidden@guests.example"), door_of(event)
    admitted = scan(door, reading(guest))[0]
    client = client_of(event.delegation)

    pages = [client.get(f"/checkin/{door.pk}/", {"q": "zoe"}), client.get(f"/checkin/{door.pk}/scan/{admitted.id}/")]

    assert all("Zoë" in page.text for page in pages)
    assert not any("hidden@" in page.text or guest.badge_code in page.text for page in pages)


def test_door_page_of_a_closed_event_says_that_its_numbers_are_frozen():
    at = factories.now()
    event = factories.event(at=at - factories.timedelta(days=2), starts_at=at - factories.timedelta(days=1))
    desk.close_event(event=event, by=SYSTEM, at=at)

    assert "frozen" in client_of(event.delegation).get(f"/checkin/{door_of(event).pk}/").text
