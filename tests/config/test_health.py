"""What machines ask: /healthz, /readyz and /metrics."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client

from config import probe
from core.models import OutboxMessage
from core.tasks import HEARTBEAT_KEY, heartbeat
from tests import factories
from tests.processes import Running, free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def broker(settings: Any, valkey: tuple[Running, str]) -> Running:
    """A broker of the test's own, and a worker that has just shown its pulse."""
    running, address = valkey
    settings.REDIS_URL = address
    heartbeat()
    return running


def test_readyz_with_all_parts_is_200_and_says_so_of_each(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "checks": {"database": "ok", "broker": "ok", "worker": "ok", "outbox": "ok"},
    }
    assert "no-store" in answer.headers["Cache-Control"]


def test_readyz_with_a_dead_broker_is_503_with_the_reason_while_healthz_stays(client: Client, broker: Running) -> None:
    broker.kill()

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"] == "the broker does not answer"
    assert client.get("/healthz").content == b"ok\n"


def test_readyz_without_a_pulse_names_the_worker(client: Client) -> None:
    cache.delete(HEARTBEAT_KEY)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"] == "no sign of life from a worker"


def test_readyz_with_an_old_pulse_says_how_old(client: Client, settings: Any) -> None:
    cache.set(HEARTBEAT_KEY, (factories.now() - timedelta(minutes=7)).timestamp())

    checks = client.get("/readyz").json()["checks"]

    assert checks["worker"] == "no sign of life from a worker for 420 s"


@pytest.mark.parametrize(
    ("minutes", "fields", "ready"),
    [(4, {}, True), (6, {}, False), (6, {"done_at": factories.now()}, True), (6, {"failed_at": factories.now()}, True)],
    ids=["due lately", "waiting too long", "done", "given up"],
)
def test_readyz_looks_at_the_age_of_waiting_work(
    client: Client, minutes: int, fields: dict[str, Any], ready: bool
) -> None:
    due = factories.now() - timedelta(minutes=minutes)
    OutboxMessage.objects.create(task="core.heartbeat", payload={}, created_at=due, due_at=due, **fields)

    answer = client.get("/readyz").json()

    assert answer["ready"] is ready
    assert answer["checks"]["outbox"] == ("ok" if ready else f"work is waiting since {due.isoformat()}")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_page_for_machines_takes_no_post(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_healthz_asks_no_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert answer.content == b"ok\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [("Bearer open-sesame", 200), ("Bearer wrong", 403), ("", 403), ("open-sesame", 403), ("Bearer öffne dich", 403)],
)
def test_metrics_with_a_token_are_for_its_bearer(
    client: Client, monkeypatch: pytest.MonkeyPatch, sent: str, status: int
) -> None:
    monkeypatch.setenv("METRICS_TOKEN", "open-sesame")

    answer = client.get("/metrics", headers={"authorization": sent})

    assert answer.status_code == status
    assert (b"django_http_requests" in answer.content) is (status == 200)


@pytest.mark.parametrize(
    ("came_from", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 403),
        ("127.0.0.1", {"x-forwarded-for": "192.0.2.7"}, 403),
    ],
    ids=["this machine", "this machine by IPv6", "another machine", "through a proxy on this machine"],
)
def test_metrics_without_a_token_are_for_this_machine(
    client: Client, came_from: str, headers: dict[str, str], status: int
) -> None:
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=came_from).status_code == status


def test_probe_where_nobody_listens_gives_no_status_and_the_reason() -> None:
    status, reason = probe.answer(free_port(), "/healthz")

    assert status == 0
    assert "refused" in reason


def test_probe_of_a_running_site_names_its_public_host(live_server: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["events.example"]
    port = int(live_server.url.rpartition(":")[2])

    as_public = probe.answer(port, "/healthz", host="events.example")
    as_stranger = probe.answer(port, "/healthz", host="stranger.example")

    connections.close_all()
    assert as_public == (200, "ok\n")
    assert as_stranger[0] == 400
