"""Registrations over the API: what programs may do, for whom, and what they are told."""

import pytest

from core.audit import SYSTEM
from delegations.enums import Role, Scope
from delegations.services import create_api_token
from events.models import Pool
from registrations.enums import State
from registrations.models import Registration
from tests import factories

pytestmark = pytest.mark.django_db
BODY = {
    "given_name": "Zoë",
    "family_name": "Muster",
    "email": "zoe@guests.example",
    "organisation": "Stadt Muster",
    "country": "de",
    "language": "de",
}


@pytest.fixture
def event():
    return factories.event(places=1)


@pytest.fixture
def token(event):
    return create_api_token(user=factories.member(of=event.delegation), at=factories.now(), by=SYSTEM)


@pytest.fixture
def call(client, token):
    def _call(method, path, body=None, bearer=token, **headers):
        headers["HTTP_AUTHORIZATION"] = f"Bearer {bearer}"
        return getattr(client, method)(f"/api/v1/{path}", data=body, content_type="application/json", **headers)

    return _call


def _path(event):
    return f"events/{event.pk}/registrations/"


def test_registrations_post_confirms_and_reads_back_with_badge_code(call, event):
    answer = call("post", _path(event), BODY)

    assert answer.status_code == 201
    made = answer.json()
    assert (made["status"], made["waiting_position"], made["country"], made["mode"]) == (
        "confirmed",
        None,
        "DE",
        "in_person",
    )
    assert len(made["badge_code"]) == 26


def test_registrations_post_on_a_full_event_waits_with_position(call, event):
    factories.registration(event)
    factories.registration(event)

    made = call("post", _path(event), BODY).json()

    assert (made["status"], made["waiting_position"]) == ("waitlisted", 2)


def test_registrations_post_repeated_with_its_key_makes_one(call, event):
    first = call("post", _path(event), BODY, HTTP_IDEMPOTENCY_KEY="abc")
    again = call("post", _path(event), BODY, HTTP_IDEMPOTENCY_KEY="abc")

    assert first.json()["id"] == again.json()["id"]
    assert Registration.objects.count() == 1
    assert Pool.objects.get(event=event).taken == 1


def test_registrations_post_a_known_address_is_a_conflict_in_problem_json(call, event):
    call("post", _path(event), BODY)

    answer = call("post", _path(event), BODY)

    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert "registered for the event already" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("country", "XX"),
        ("given_name", ""),
        ("mode", "by_post"),
        ("language", "tlh"),
        ("answers", [1]),
        ("answers", {"meal": "\0"}),
        ("answers", {"\ud800": [1]}),
        ("mode", "\ud800"),
    ],
)
def test_registrations_post_with_a_bad_field_names_it(call, event, field, value):
    answer = call("post", _path(event), {**BODY, field: value})

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "body", ["[]", "{", "null", '{"given_name": {"a": 1}}', "[" * 100_000, '{"answers": {"a": 1e999}}']
)
def test_registrations_post_of_nonsense_is_a_clear_400(client, event, token, body):
    answer = client.post(
        f"/api/v1/{_path(event)}", data=body, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {token}"
    )

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["detail"]


@pytest.mark.parametrize("number", [1, 3])
def test_registrations_list_takes_the_same_queries_for_one_and_three(call, event, number, django_assert_num_queries):
    for _ in range(number):
        factories.registration(event)

    with django_assert_num_queries(5):
        answer = call("get", _path(event))

    assert len(answer.json()["results"]) == number
    assert answer.json()["next"] is None


def test_registrations_of_another_delegation_are_not_found(call, event):
    other = factories.event()
    theirs = factories.registration(other)

    answers = [
        call("get", _path(other)),
        call("post", _path(other), BODY),
        call("get", f"registrations/{theirs.pk}/"),
        call("post", f"registrations/{theirs.pk}/cancel/"),
    ]

    theirs.refresh_from_db()
    assert [answer.status_code for answer in answers] == [404] * 4
    assert theirs.status == State.CONFIRMED


@pytest.mark.parametrize("role", [Role.DOOR, Role.VIEWER])
def test_registrations_for_roles_without_the_guest_list_are_not_found(call, event, role):
    member = factories.member(role, of=event.delegation)
    bearer = create_api_token(user=member, at=factories.now(), by=SYSTEM)

    assert call("get", _path(event), bearer=bearer).status_code == 404
    assert call("post", _path(event), BODY, bearer=bearer).status_code == 404
    assert not Registration.objects.exists()


def test_registration_cancel_frees_the_place_for_who_waits(call, event):
    guest, waiting = factories.registration(event), factories.registration(event)

    answer = call("post", f"registrations/{guest.pk}/cancel/")

    waiting.refresh_from_db()
    assert (answer.json()["status"], waiting.status) == ("cancelled", "confirmed")


def test_token_that_may_only_read_can_not_write(call, event):
    member = factories.member(of=event.delegation)
    bearer = create_api_token(user=member, at=factories.now(), by=SYSTEM, scopes=[Scope.READ])

    assert call("get", _path(event), bearer=bearer).status_code == 200
    assert call("post", _path(event), BODY, bearer=bearer).status_code == 403
    assert not Registration.objects.exists()


@pytest.mark.parametrize("bearer", ["", "nonsense", "gmd_unknown", "a b", "é"])
def test_token_that_nobody_made_is_401_with_a_reason(client, event, bearer):
    answer = client.get(f"/api/v1/{_path(event)}", HTTP_AUTHORIZATION=f"Bearer {bearer}")

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["detail"]


def test_registration_reads_back_with_exactly_the_documented_fields(call, event):
    from registrations.api import RegistrationSerializer

    made = call("post", _path(event), BODY).json()

    assert set(made) == set(RegistrationSerializer().fields)
