from datetime import timedelta

import pytest
from django.test import Client
from django.utils.dateparse import parse_datetime

from core.audit import SYSTEM
from core.models import OutboxMessage
from delegations.enums import Role, Scope
from delegations.models import Member
from delegations.services import create_api_token
from events.enums import Status
from events.models import CoHost, Event, Pool
from tests import factories
from tests.desk.makers import soon_over

pytestmark = pytest.mark.django_db
EVENTS = "/api/v1/events/"


class Program:
    """A program with a token of its user."""

    def __init__(self, user, scopes=tuple(Scope)):
        token = create_api_token(user=user, at=factories.now(), by=SYSTEM, scopes=scopes)
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def get(self, path=""):
        return self.client.get(f"{EVENTS}{path}")

    def post(self, path="", body=None):
        return self.client.post(f"{EVENTS}{path}", body or {}, content_type="application/json")

    def patch(self, event, body):
        return self.client.patch(f"{EVENTS}{event.pk}/", body, content_type="application/json")


@pytest.fixture
def office():
    return factories.delegation()


@pytest.fixture
def program(office):
    return Program(factories.member(Role.ORGANISER, office))


def written(office, **changes):
    """A whole event, as a program writes it; None leaves a name out."""
    values = {
        "delegation": office.slug,
        "kind": "seminar",
        "title": {"en": "Clean air", "fr": "L’air pur"},
        "summary": {"en": "What we breathe."},
        "description": {"en": "**Bold**"},
        "starts_at": "2031-03-18T18:00:00+01:00",
        "ends_at": "2031-03-18T20:00:00+01:00",
        "timezone": "Europe/Brussels",
        "format": "hybrid",
        "places": {"in_person": 80, "online": None},
        "languages": ["en", "fr"],
        "visibility": "unlisted",
        "approval": True,
        "waiting_list": False,
        "themes": [],
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


# --- creating ------------------------------------------------------------------------------------------------------------
def test_create_answers_with_the_event_as_it_was_written(program, office):
    factories.theme(office, slug="mobility")
    body = written(office, themes=["mobility"])

    response = program.post(body=body)

    answer = response.json()
    made = Event.objects.get()
    assert response.status_code == 201
    assert {name: answer[name] for name in body} == body
    assert (answer["id"], answer["slug"], answer["status"]) == (made.pk, made.slug, "draft")
    assert answer["taken"] == {"in_person": 0, "online": 0}
    assert answer["url"].endswith(f"/events/{made.slug}/")


def test_create_with_what_is_needed_only_fills_in_the_rest(program, office):
    house = factories.venue(delegation=office)
    body = {"title": {"fr": "Soirée"}, "starts_at": "2031-03-18T18:00:00Z", "ends_at": "2031-03-18T20:00:00Z"}

    answer = program.post(body=body).json()

    assert answer["delegation"] == office.slug
    assert (answer["format"], answer["places"], answer["venue"]) == ("in_person", {"in_person": None}, house.pk)
    assert (answer["languages"], answer["timezone"], answer["visibility"]) == (["fr"], "Europe/Brussels", "public")
    assert answer["starts_at"] == "2031-03-18T19:00:00+01:00"
    assert program.post(f"{answer['id']}/publish/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"title": {}}, "title"),
        ({"title": "Clean air"}, "title"),
        ({"title": {"it": "Aria"}}, "title"),
        ({"title": {"en": 5}}, "title"),
        ({"title": {"en": "x" * 201}}, "title"),
        ({"title": {"en": "nul \x00"}}, "title"),
        ({"starts_at": "2031-03-18T18:00:00"}, "starts_at"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "starts_at"),
        ({"ends_at": "2031-03-18T17:00:00+01:00"}, "ends_at"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"format": "by post"}, "format"),
        ({"kind": "gala"}, "kind"),
        ({"places": 80}, "places"),
        ({"places": {"in_person": -1}}, "places"),
        ({"places": {"in_person": True}}, "places"),
        ({"places": {"in_person": 10**12}}, "places"),
        ({"places": {"on_the_roof": 3}}, "places"),
        ({"format": "online", "places": {"in_person": 3}}, "places"),
        ({"languages": []}, "languages"),
        ({"languages": ["it"]}, "languages"),
        ({"languages": ["\ud800"]}, "languages"),
        ({"themes": ["nothing"]}, "themes"),
        ({"venue": 999}, "venue"),
        ({"delegation": "nowhere"}, "delegation"),
    ],
)
def test_create_with_a_mistake_names_it(program, office, changes, name):
    response = program.post(body=written(office, **changes))

    problem = response.json()
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert set(problem["errors"]) == {name}
    assert not Event.objects.exists()


def test_create_for_the_delegation_of_others_is_refused(program):
    response = program.post(body=written(factories.delegation()))

    assert set(response.json()["errors"]) == {"delegation"}


def test_create_with_the_venue_of_others_is_refused(program, office):
    theirs = factories.venue(delegation=factories.delegation())

    assert set(program.post(body=written(office, venue=theirs.pk)).json()["errors"]) == {"venue"}


def test_create_by_a_member_of_two_delegations_wants_to_know_which(office):
    person = factories.member(Role.ORGANISER, office)
    Member.objects.create(user=person, delegation=factories.delegation(), role=Role.ADMIN)

    response = Program(person).post(body=written(office, delegation=None))

    assert "delegation" in response.json()["errors"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DOOR])
def test_create_by_a_role_that_organises_nothing_is_refused(office, role):
    response = Program(factories.member(role, office)).post(body=written(office))

    assert response.status_code == 400
    assert not Event.objects.exists()


def test_create_with_a_token_for_reading_is_forbidden(office):
    program = Program(factories.member(Role.ORGANISER, office), scopes=[Scope.READ])

    assert program.post(body=written(office)).status_code == 403
    assert program.get().status_code == 200


def test_create_without_a_token_is_unauthorised(client, office):
    response = client.post(EVENTS, written(office), content_type="application/json")

    assert response.status_code == 401
    assert not Event.objects.exists()


# --- reading -------------------------------------------------------------------------------------------------------------
def test_list_holds_the_events_that_the_user_may_see(program, office):
    own = factories.event(of=office)
    shared = factories.event()
    CoHost.objects.create(event=shared, delegation=office)
    factories.event()

    answer = program.get().json()

    assert {event["id"] for event in answer["results"]} == {own.pk, shared.pk}
    assert answer["next"] is None


def test_list_has_pages(program, office):
    for _each in range(3):
        factories.event(of=office)

    first = program.get("?page_size=2").json()
    second = program.client.get(first["next"]).json()

    assert (len(first["results"]), len(second["results"]), second["next"]) == (2, 1, None)


def test_list_of_1_and_3_events_asks_equally_often(django_assert_num_queries):
    for number in (1, 3):
        office = factories.delegation()
        program = Program(factories.member(Role.ORGANISER, office))
        for _each in range(number):
            event = factories.event(of=office)
            event.themes.add(factories.theme(office, slug=f"theme-{event.pk}"))
        # Token, count, events with their delegation, pools, themes.
        with django_assert_num_queries(5):
            program.get()


def test_event_counts_the_places_taken(program, office):
    event = factories.event(of=office, format="hybrid", places=1, online=None)
    for mode in ("in_person", "in_person", "online"):
        factories.registration(event, mode=mode)

    answer = program.get(f"{event.pk}/").json()

    assert answer["taken"] == {"in_person": 1, "online": 1}
    assert answer["places"] == {"in_person": 1, "online": None}


def test_event_times_come_on_its_own_clock(program, office):
    event = factories.event(of=office, timezone="America/New_York")

    answer = program.get(f"{event.pk}/").json()

    moment = parse_datetime(answer["starts_at"])
    assert moment == event.starts_at
    assert moment.utcoffset() == event.local_start.utcoffset()


def test_event_of_another_office_is_not_found(program):
    response = program.get(f"{factories.event().pk}/")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


# --- changing ------------------------------------------------------------------------------------------------------------
def test_patch_changes_what_is_named_and_nothing_else(program, office):
    event = factories.event(of=office, places=5)

    answer = program.patch(event, {"title": {"en": "Newer"}, "places": {"in_person": 9}}).json()

    assert answer["title"] == {"en": "Newer"}
    assert Pool.objects.get(event=event).size == 9
    assert parse_datetime(answer["starts_at"]) == event.starts_at
    assert not OutboxMessage.objects.filter(task="registrations.announce").exists()


def test_patch_of_the_time_of_a_published_event_tells_the_guests(program, office):
    event = factories.event(of=office)
    later = (event.starts_at + timedelta(hours=1)).isoformat()

    program.patch(event, {"starts_at": later})

    assert OutboxMessage.objects.get(task="registrations.announce").payload["kind"] == "event_changed"


def test_patch_to_fewer_places_than_are_taken_is_a_conflict(program, office):
    event = factories.event(of=office, places=2)
    factories.registration(event), factories.registration(event)

    response = program.patch(event, {"places": {"in_person": 1}, "title": {"en": "Lost"}})

    assert response.status_code == 409
    assert "2 places are taken" in response.json()["detail"]
    assert Event.objects.get().title == event.title


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"ends_at": "2001-01-01T00:00:00Z"}, "ends_at"),
        ({"delegation": "elsewhere"}, "delegation"),
        ({"format": "online"}, "format"),
    ],
)
def test_patch_with_a_mistake_names_it(program, office, body, name):
    event = factories.event(of=office)
    factories.registration(event)

    response = program.patch(event, body)

    assert response.status_code == 400
    assert set(response.json()["errors"]) == {name}


def test_patch_of_a_cancelled_event_is_a_conflict(program, office):
    event = factories.event(of=office, status=Status.CANCELLED)

    assert program.patch(event, {"title": {"en": "Again"}}).status_code == 409


@pytest.mark.parametrize("deed", ["", "publish/", "close/"])
def test_deeds_of_a_co_host_are_not_found(program, office, deed):
    event = factories.event()
    CoHost.objects.create(event=event, delegation=office, sees_guests=True, opens_door=True)

    response = program.post(f"{event.pk}/{deed}") if deed else program.patch(event, {"title": {"en": "Taken"}})

    assert response.status_code == 404
    assert Event.objects.get().title == event.title


# --- publishing and closing ----------------------------------------------------------------------------------------------
def test_publish_opens_the_event_and_its_door(program, office):
    event = factories.event(of=office, status=Status.DRAFT)

    answer = program.post(f"{event.pk}/publish/").json()

    assert answer["status"] == "published"
    assert event.checkpoints.count() == 1


def test_publish_with_something_missing_is_a_conflict_that_names_it(program, office):
    event = factories.event(of=office, status=Status.DRAFT, venue=None)

    response = program.post(f"{event.pk}/publish/")

    assert response.status_code == 409
    assert "choose a venue" in response.json()["detail"]


def test_publish_twice_is_a_conflict(program, office):
    event = factories.event(of=office)

    assert program.post(f"{event.pk}/publish/").status_code == 409


def test_close_freezes_the_statement(program, office):
    at = factories.now()
    event = factories.event(of=office, at=at - timedelta(days=9), **soon_over(at))

    answer = program.post(f"{event.pk}/close/").json()

    assert answer["status"] == "closed"
    assert event.statements.count() == 1


def test_close_before_the_end_is_a_conflict(program, office):
    event = factories.event(of=office)

    response = program.post(f"{event.pk}/close/")

    assert response.status_code == 409
    assert "not over yet" in response.json()["detail"]


@pytest.mark.parametrize("body", ["[]", '"text"', "{", "null"])
def test_a_body_that_is_no_object_is_a_clear_error(program, body):
    response = program.client.post(EVENTS, body, content_type="application/json")

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
