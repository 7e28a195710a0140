"""The door over HTTP."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checkin.models import Attendance, Scan
from core.audit import SYSTEM
from delegations.enums import Role, Scope
from delegations.services import create_api_token
from desk import services as desk
from events.models import CoHost
from tests import factories
from tests.checkin.door import door_of

pytestmark = pytest.mark.django_db


def client_of(event, role=Role.DOOR):
    client = Client()
    client.force_login(factories.member(role, of=event.delegation))
    return client


def item(guest=None, **fields):
    code = {"code": guest.badge_code} if guest else {}
    return {"id": str(uuid.uuid4()), "scanned_at": timezone.now().isoformat(), **code, **fields}


def post(client, door, *items, **body):
    body = body or {"scans": list(items)}
    return client.post(f"/api/v1/checkpoints/{door.pk}/scans/", body, content_type="application/json")


def results(response):
    assert response.status_code == 200, response.content
    return response.json()["results"]


# --- scans ----------------------------------------------------------------------------------------------------------
def test_scans_post_answers_each_item_in_its_order():
    event = factories.event(places=2)
    guest, _other = factories.registration(event), factories.registration(event)
    waiting, door = factories.registration(event), door_of(event)
    items = [item(guest), item(code="nobody"), item(guest), item(waiting)]

    told = results(post(client_of(event), door, *items))

    assert [row["outcome"] for row in told] == ["admitted", "unknown_code", "already_in", "not_confirmed"]
    assert [row["id"] for row in told] == [row["id"] for row in items]
    assert told[0]["registration"] == guest.pk
    assert told[2]["first_seen_at"] == told[0]["first_seen_at"]
    assert "registration" not in told[1]


def test_scans_post_malformed_items_do_not_hold_up_the_others():
    event = factories.event()
    guest, door = factories.registration(event), door_of(event)
    broken = [
        None, 7, "text", [], {}, item(), item(guest, id="no uuid"), item(guest, id=None), item(guest, id=7),
        item(guest, scanned_at=None), item(guest, scanned_at="yesterday"), item(guest, scanned_at="2026-12-03T18:04:00"),
        item(guest, scanned_at="0001-01-01T00:00:00+14:00"), item(guest, scanned_at=1764781440), item(code=7),
        item(code="x" * 5000), item(code="  "), item(guest, registration=guest.pk), item(registration="1"),
        item(registration=True), item(registration=0), item(registration=2**70), item(registration=None),
        item(guest, direction="up"), item(guest, direction=None), item(guest, direction=["in"]), {"id": "\ud800" * 3},
    ]  # fmt: skip

    told = results(post(client_of(event), door, *broken, item(guest)))

    assert {row["outcome"] for row in told[:-1]} == {"invalid"}
    assert all(row["detail"] for row in told[:-1])
    assert told[-1]["outcome"] == "admitted"
    assert (Scan.objects.count(), Attendance.objects.count()) == (1, 1)


@pytest.mark.parametrize("body", [{"scans": None}, {"scans": {}}, {"other": []}, {"scans": [{}] * 501}])
def test_scans_post_without_a_list_of_scans_says_what_is_wanted(body):
    event = factories.event()

    response = post(client_of(event), door_of(event), **body)

    assert response.status_code == 400
    assert response["Content-Type"].startswith("application/problem+json")
    assert "scans" in response.json()["errors"]


@pytest.mark.parametrize("body", ["[1, 2]", '"text"', "null", "{", ""])
def test_scans_post_that_is_no_object_is_a_bad_request(body):
    event = factories.event()
    address = f"/api/v1/checkpoints/{door_of(event).pk}/scans/"

    response = client_of(event).post(address, body, content_type="application/json")

    assert response.status_code == 400
    assert response["Content-Type"].startswith("application/problem+json")


def test_scans_post_takes_five_hundred():
    event = factories.event()

    told = results(post(client_of(event), door_of(event), *[item(code=f"stray {number}") for number in range(500)]))

    assert len(told) == Scan.objects.count() == 500


def test_scans_post_replayed_answers_byte_for_byte_alike():
    event = factories.event()
    client, door, items = client_of(event), door_of(event), [item(factories.registration(event)), item(code="x"), {}]

    first, again = post(client, door, *items), post(client, door, *items)

    assert first.content == again.content
    assert Scan.objects.count() == 2


def test_scans_post_by_name_checks_in_without_a_badge():
    event = factories.event()
    guest = factories.registration(event)

    told = results(post(client_of(event), door_of(event), item(registration=guest.pk)))

    assert told[0]["outcome"] == "admitted"
    assert Attendance.objects.get().method == "list"


@pytest.mark.parametrize("number", [1, 3, 40])
def test_scans_post_asks_the_database_alike_for_any_batch(number):
    event = factories.event()
    client, door = client_of(event), door_of(event)
    items = [item(factories.registration(event)) for _ in range(number)]

    with CaptureQueriesContext(connection) as queries:
        results(post(client, door, *items))

    asked = [query["sql"] for query in queries if query["sql"].startswith(("SELECT", "INSERT", "UPDATE"))]
    # Session, user, checkpoint with event; then the four of the service.
    assert len(asked) == 7


def test_scans_get_lists_the_latest_with_what_was_undone():
    event = factories.event()
    guest, door, client = factories.registration(event), door_of(event), client_of(event)
    admitted = results(post(client, door, item(guest)))[0]
    results(post(client, door, item(code="nobody")))
    client.post(f"/api/v1/checkpoints/{door.pk}/scans/{admitted['id']}/undo/")

    told = results(client.get(f"/api/v1/checkpoints/{door.pk}/scans/"))

    assert [(row["outcome"], row["undone"]) for row in told] == [("unknown_code", False), ("admitted", True)]


@pytest.mark.parametrize("number", [1, 3])
def test_scans_get_asks_the_database_alike_for_any_list(number):
    event = factories.event()
    door, client = door_of(event), client_of(event)
    results(post(client, door, *[item(factories.registration(event)) for _ in range(number)]))

    with CaptureQueriesContext(connection) as queries:
        assert len(results(client.get(f"/api/v1/checkpoints/{door.pk}/scans/"))) == number

    assert len(queries) == 4  # session, user, checkpoint, scans


# --- undo -----------------------------------------------------------------------------------------------------------
def test_undo_post_takes_the_scan_back():
    event = factories.event()
    door, client = door_of(event), client_of(event)
    admitted = results(post(client, door, item(factories.registration(event))))[0]

    response = client.post(f"/api/v1/checkpoints/{door.pk}/scans/{admitted['id']}/undo/")

    assert response.status_code == 200
    assert (response.json()["outcome"], response.json()["undoes"], response.json()["inside"]) == (
        "undone",
        admitted["id"],
        False,
    )
    assert not Attendance.objects.exists()


def test_undo_post_of_a_refusal_is_a_conflict_that_says_why():
    event = factories.event()
    door, client = door_of(event), client_of(event)
    refused = results(post(client, door, item(code="nobody")))[0]

    response = client.post(f"/api/v1/checkpoints/{door.pk}/scans/{refused['id']}/undo/")

    assert response.status_code == 409
    assert "nothing to undo" in response.json()["detail"]


def test_undo_post_of_no_scan_is_not_found():
    event = factories.event()

    response = client_of(event).post(f"/api/v1/checkpoints/{door_of(event).pk}/scans/{uuid.uuid4()}/undo/")

    assert response.status_code == 404


# --- finding, counting ----------------------------------------------------------------------------------------------
def test_guests_get_finds_by_name_without_accents():
    event = factories.event()
    guest = factories.registration(
        event, given_name="Zoë", family_name="Łukasiewicz-Example", organisation="Stadt Köln"
    )
    factories.registration(event, given_name="Ada", family_name="Elsewhere", organisation="Ville")
    address = f"/api/v1/checkpoints/{door_of(event).pk}/guests/"

    for text in ("zoe", "ŁUK", "luka zo", "koln", "example"):
        told = results(client_of(event).get(address, {"q": text}))
        assert [row["registration"] for row in told] == [guest.pk], text


@pytest.mark.parametrize("text", ["", " ", "z", " z ", "nobody at all", "\0", "%", "__", "\ud800x"])
def test_guests_get_finds_nobody_by_too_little_or_by_wildcards(text):
    event = factories.event()
    factories.registration(event, given_name="Zoë")

    address = f"/api/v1/checkpoints/{door_of(event).pk}/guests/"
    assert results(client_of(event).get(address, {"q": text.encode(errors="surrogatepass")})) == []


def test_guests_get_shows_who_is_in_and_asks_alike_for_any_number():
    event = factories.event()
    door, client = door_of(event), client_of(event)
    counts = []
    for number in (1, 2):
        guest = factories.registration(event, given_name="Zoë", family_name=f"Example-{number}")
        with CaptureQueriesContext(connection) as queries:
            told = results(client.get(f"/api/v1/checkpoints/{door.pk}/guests/", {"q": "zoe"}))
        counts.append(len(queries))
        results(post(client, door, item(guest)))

    assert [row["inside"] for row in told] == [True, False]
    assert counts == [5, 5]  # session, user, checkpoint, names, presence


def test_checkpoint_get_counts_those_in_and_those_expected():
    event = factories.event(places=2)
    guests, door, client = [factories.registration(event) for _ in range(3)], door_of(event), client_of(event)
    results(post(client, door, item(guests[0])))

    told = client.get(f"/api/v1/checkpoints/{door.pk}/").json()

    assert (told["present"], told["expected"], told["event"], told["kind"]) == (1, 2, event.pk, "door")
    assert told["name"]["de"] == "Eingang"


def test_checkpoints_get_lists_the_door_of_a_published_event():
    event = factories.event()

    told = results(client_of(event).get(f"/api/v1/events/{event.pk}/checkpoints/"))

    assert [row["id"] for row in told] == [door_of(event).pk]


# --- who may --------------------------------------------------------------------------------------------------------
def addresses(event, door):
    undo = f"/api/v1/checkpoints/{door.pk}/scans/{uuid.uuid4()}/undo/"
    reads = [f"/api/v1/checkpoints/{door.pk}/{rest}" for rest in ("", "scans/", "guests/?q=ada")]
    return [("get", f"/api/v1/events/{event.pk}/checkpoints/"), *[("get", one) for one in reads], ("post", undo)]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.ORGANISER, Role.DOOR])
def test_door_api_is_open_to_the_door_and_above(role):
    event = factories.event()
    client, door = client_of(event, role), door_of(event)

    reads = [client.get(address).status_code for method, address in addresses(event, door) if method == "get"]

    assert set(reads) == {200}
    assert results(post(client, door, item(factories.registration(event))))[0]["outcome"] == "admitted"


@pytest.mark.parametrize("role", ["viewer", "outsider", "operator", "silent co-host"])
def test_door_api_does_not_exist_for_others(role):
    event, client = factories.event(), Client()
    guest, door = factories.registration(event), door_of(event)
    if role == "operator":
        client.force_login(factories.user(is_staff=True, is_superuser=True))
    else:
        home = event.delegation if role == "viewer" else factories.delegation()
        client.force_login(factories.member(Role.VIEWER if role == "viewer" else Role.ADMIN, of=home))
        if role == "silent co-host":
            CoHost.objects.create(event=event, delegation=home)

    answers = [getattr(client, method)(address) for method, address in addresses(event, door)] + [
        post(client, door, item(guest))
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert not Scan.objects.exists()
    assert not any(guest.family_name in answer.text for answer in answers)


def test_door_api_wants_a_sign_in():
    event = factories.event()
    door = door_of(event)

    answers = [getattr(Client(), method)(address) for method, address in addresses(event, door)] + [
        post(Client(), door)
    ]

    assert {answer.status_code for answer in answers} == {401}


def test_door_api_is_open_to_a_co_host_that_helps_at_the_door():
    event = factories.event()
    guest_office = factories.delegation()
    CoHost.objects.create(event=event, delegation=guest_office, opens_door=True)
    client = Client()
    client.force_login(factories.member(Role.DOOR, of=guest_office))

    assert results(post(client, door_of(event), item(factories.registration(event))))[0]["outcome"] == "admitted"


@pytest.mark.parametrize(("scopes", "status"), [([Scope.SCAN], 200), ([Scope.READ, Scope.WRITE], 403)])
def test_scans_post_by_token_wants_the_scope_scan(scopes, status):
    event = factories.event()
    member = factories.member(Role.DOOR, of=event.delegation)
    token = create_api_token(user=member, at=timezone.now(), by=SYSTEM, scopes=scopes)
    client = Client(headers={"Authorization": f"Bearer {token}"})

    assert post(client, door_of(event), item(factories.registration(event))).status_code == status


def test_scans_post_by_session_wants_the_csrf_token():
    event = factories.event()
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.member(Role.DOOR, of=event.delegation))

    assert post(client, door_of(event), item(factories.registration(event))).status_code == 403
    assert not Scan.objects.exists()


def test_door_api_shows_name_organisation_and_state_and_nothing_else():
    event = factories.event()
    secret = {"email": "hidden-address@guests.example", "answers": {"meal": "hidden-meal"}}
    guest = factories.registration(event, given_name="Zoë", email=secret["email"])
    type(guest).objects.filter(pk=guest.pk).update(answers=secret["answers"])
    door, client = door_of(event), client_of(event)

    answers = [post(client, door, item(guest)), post(client, door, item(registration=guest.pk))]
    answers += [client.get(address) for method, address in addresses(event, door) if method == "get"]
    answers += [client.get(f"/api/v1/checkpoints/{door.pk}/guests/", {"q": "zoe"})]

    people = [row for answer in answers for row in answer.json().get("results", []) if "guest" in row]
    assert len(people) >= 4
    assert {frozenset(row["guest"]) for row in people} == {
        frozenset({"given_name", "family_name", "organisation", "status"})
    }
    assert not any("hidden" in answer.text or guest.badge_code in answer.text for answer in answers)


def test_scans_post_of_a_closed_event_is_answered_and_changes_no_number():
    at = factories.now()
    event = factories.event(at=at - factories.timedelta(days=2), starts_at=at - factories.timedelta(days=1))
    guest = factories.registration(event, at=at - factories.timedelta(days=2))
    statement = desk.close_event(event=event, by=SYSTEM, at=at)

    told = results(post(client_of(event), door_of(event), item(guest)))

    assert told[0]["outcome"] == "outside_hours"
    assert not Attendance.objects.exists()
    assert statement.pk
