"""Whatever is sent to the API, the answer is a clear one: never a 500, and each refusal is a problem with words.

Requests are made up from the API's own description, so an endpoint that is added is fuzzed too.
"""

import json
import warnings

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.audit import SYSTEM
from delegations.services import create_api_token
from tests import factories

pytestmark = pytest.mark.django_db
EXAMPLES = 12


def _operations():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        description = SchemaGenerator().get_schema(request=None, public=True)
        schema = schemathesis.openapi.from_dict(json.loads(json.dumps(description, default=str)))
        return [result.ok() for result in schema.get_all_operations()]


OPERATIONS = _operations()


@pytest.fixture
def place():
    """An event with a guest, and what it takes to be let in."""
    event = factories.event()
    factories.registration(event)
    token = create_api_token(user=factories.member(of=event.delegation), at=factories.now(), by=SYSTEM)
    return {"event": event, "token": token}


def _answer(case, place, known):
    # Half of the requests go to a thing that exists, where more can go wrong than "not found".
    path = case.formatted_path
    if known:
        path = path.replace(str((case.path_parameters or {}).get("id", "-")), str(place["event"].pk), 1)
    body = case.body if isinstance(case.body, dict | list | str | int | float | bool | type(None)) else {}
    headers = {"HTTP_AUTHORIZATION": f"Bearer {place['token']}"}
    query = {name: value for name, value in (case.query or {}).items() if isinstance(value, str | int | float | list)}
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        data = json.dumps(body).encode("utf-8", "surrogatepass")
        answer = client.generic(case.method, path, data, content_type="application/json", query_params=query, **headers)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_api_request_of_any_shape_is_answered_in_words(operation, place):
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    @given(
        case=operation.as_strategy() | operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE),
        known=st.booleans(),
    )
    def check(case, known):
        answer = _answer(case, place, known)

        assert answer.status_code < 500, (answer.status_code, case.formatted_path, case.body)
        if answer.status_code >= 400 and answer["Content-Type"].startswith("application/"):
            problem = answer.json()
            assert (problem["status"], bool(problem["title"]), bool(problem["detail"])) == (
                answer.status_code,
                True,
                True,
            )

    check()


def test_api_description_names_every_route_of_the_api():
    from django.urls import reverse

    described = {operation.path for operation in OPERATIONS}

    assert len(described) > 10
    assert reverse("api:totals") in described
