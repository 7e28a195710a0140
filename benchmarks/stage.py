"""The stage of the bench: an empty database, an event with its guests, and web processes as in a deployment."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

WORKERS, THREADS = 2, 8


@dataclass(frozen=True, slots=True)
class Stage:
    """What the loads need to know."""

    port: int
    token: str
    event: Any
    full_event: Any
    checkpoint: Any
    codes: list[str]
    delegation: str


@contextmanager
def stage(guests: int = 20_000) -> Iterator[Stage]:
    """Build the stage, yield it, and leave nothing behind."""
    _make_database()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    parts = _seed(guests)
    connection.close()
    port = _free_port()
    web = _start_web(port)
    try:
        yield Stage(port=port, **parts)
    finally:
        web.terminate()
        web.wait(timeout=20)
        connection.close()
        _drop_database()


def _admin() -> Any:
    import psycopg

    url = urlsplit(os.environ["DATABASE_URL"])
    return psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True), url.path.lstrip("/")


def _make_database() -> None:
    _drop_database()
    connection, name = _admin()
    with connection:
        connection.execute(f'CREATE DATABASE "{name}"')


def _drop_database() -> None:
    connection, name = _admin()
    with connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start_web(port: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--no-ws",
        "--log-level",
        "warning",
    ]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "config.wsgi:application"]
    web = subprocess.Popen(command)
    for _ in range(200):
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz"):
            return web
        time.sleep(0.1)
    web.terminate()
    raise RuntimeError("the web processes did not come up")


def _seed(guests: int) -> dict[str, Any]:
    from core.audit import SYSTEM
    from delegations.services import create_api_token
    from registrations.models import Registration
    from tests import factories

    delegation = factories.delegation()
    now = factories.now()
    start = now + timedelta(hours=1)
    description = {
        "en": "## Programme\n\n" + "\n".join(f"- **{hour}:00** A talk worth hearing" for hour in range(9, 18))
    }
    event = factories.event(
        of=delegation, places=None, starts_at=start, summary={"en": "A day of talks"}, description=description
    )
    full = factories.event(of=delegation, places=500, starts_at=start)
    token = create_api_token(user=factories.member(of=delegation), at=now, by=SYSTEM)
    closed = factories.event(
        of=delegation, starts_at=now - timedelta(days=9), at=now - timedelta(days=30), status="closed"
    )
    assert closed.statements.count() == 1
    codes = _guests(Registration, event, guests, now)
    return {
        "token": token,
        "event": event,
        "full_event": full,
        "checkpoint": event.checkpoints.get(),
        "codes": codes,
        "delegation": delegation.slug,
    }


def _guests(model: Any, event: Any, number: int, now: Any) -> list[str]:
    from events.models import Pool
    from registrations.services.register import new_badge_code

    rows = [
        model(
            event=event,
            status="confirmed",
            given_name="Ada",
            family_name=f"Example-{index}",
            email=f"bench-{index}@guests.example",
            email_key=f"bench-{index}@guests.example",
            organisation="City of Example",
            country="BE",
            badge_code=new_badge_code(),
            created_at=now,
            updated_at=now,
            confirmed_at=now,
        )
        for index in range(number)
    ]
    model.objects.bulk_create(rows, batch_size=2000)
    Pool.objects.filter(event=event).update(taken=number)
    return [row.badge_code for row in rows]
