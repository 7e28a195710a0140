"""What is measured, and how it is told: each load beside the bare view in the same minute, as a ratio to it."""

import itertools
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks import letters
from benchmarks.load import MakeRequests, Result, http, run
from benchmarks.stage import Stage

BATCH = 100


@dataclass(frozen=True, slots=True)
class Load:
    """One thing to measure; ``aim`` is the ratio to the bare view that it should reach, ``per`` the work in one request."""

    name: str
    make: MakeRequests
    aim: float
    per: int = 1
    aim_per_second: int = 0


def report(stage: Stage, only: list[str]) -> int:
    """Measure and print; returns the number of aims missed."""
    missed = 0
    print(
        f"\n{'load':<34}{'req/s':>8}{'bare':>8}{'ratio':>7}{'aim':>6}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}{'failed':>8}"
    )
    for load in _loads(stage):
        if only and not any(word in load.name for word in only):
            continue
        missed += not _measure(stage, load)
    if not only or "letters" in only:
        missed += letters.report(stage)
    return missed


def _measure(stage: Stage, load: Load) -> bool:
    bare = _requests(lambda _number: http("GET", f"/bare/{stage.event.pk}/"))
    # The yardstick before and after, so that a machine that tires or warms does not favour either.
    before = run(stage.port, bare, seconds=3)
    result = run(stage.port, load.make, seconds=6)
    after = run(stage.port, bare, seconds=3)
    yardstick = (before.per_second + after.per_second) / 2
    ratio = result.per_second / yardstick
    met = ratio >= load.aim and result.per_second * load.per >= load.aim_per_second
    _print(load, result, yardstick, ratio, _queries(load))
    return met and not result.failures


def _print(load: Load, result: Result, yardstick: float, ratio: float, queries: int) -> None:
    aim = f"{load.aim:.2f}" if load.aim else "-"
    line = f"{load.name:<34}{result.per_second:>8.0f}{yardstick:>8.0f}{ratio:>7.2f}{aim:>6}"
    print(f"{line}{result.p50:>8.1f}{result.p95:>8.1f}{queries:>9}{result.failures:>8}")
    if load.per > 1:
        print(f"{'':<34}{result.per_second * load.per:>8.0f} a second (aim {load.aim_per_second})")


def _queries(load: Load) -> int:
    """The queries of one request, counted in this process on a connection of its own."""
    requests = load.make(99)
    # The first request of a process fills its caches; the second is what the load is made of.
    _count(next(requests))
    return _count(next(requests))


def _count(raw: bytes) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    head, _gap, body = raw.partition(b"\r\n\r\n")
    method, path, _version = head.decode().split("\r\n")[0].split(" ")
    names = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    extra = {
        f"HTTP_{name.upper().replace('-', '_')}": value for name, value in names.items() if name == "Authorization"
    }
    with CaptureQueriesContext(connection) as queries:
        Client().generic(method, path, body, content_type="application/json", HTTP_HOST="127.0.0.1", **extra)
    connection.close()
    return len(queries)


def _requests(make: Callable[[int], bytes]) -> MakeRequests:
    def requests(connection: int) -> Iterator[bytes]:
        return (make(connection) for _ in itertools.count())

    return requests


def _loads(stage: Stage) -> list[Load]:
    bearer = f"Authorization: Bearer {stage.token}\r\n"
    scans = f"/api/v1/checkpoints/{stage.checkpoint.pk}/scans/"

    def registration(_connection: int) -> bytes:
        guest = {
            "given_name": "Ada",
            "family_name": "Example",
            "email": f"{uuid.uuid4().hex}@guests.example",
            "organisation": "City of Example",
            "country": "BE",
            "language": "en",
        }
        path = f"/api/v1/events/{stage.event.pk}/registrations/"
        return http("POST", path, json.dumps(guest).encode(), bearer)

    def batches(size: int) -> MakeRequests:
        def requests(connection: int) -> Iterator[bytes]:
            own = itertools.cycle(stage.codes[connection % 16 :: 16] if connection < 99 else stage.codes[:500])
            while True:
                moment = datetime.now(UTC).isoformat()
                rows = [{"id": str(uuid.uuid4()), "code": next(own), "scanned_at": moment} for _ in range(size)]
                yield http("POST", scans, json.dumps({"scans": rows}).encode(), bearer)

        return requests

    page = http("GET", f"/events/{stage.event.slug}/")
    totals = http("GET", f"/api/v1/totals/?delegation={stage.delegation}")
    return [
        Load("event page (anonymous)", _requests(lambda _: page), aim=1.0),
        Load("registration by API", _requests(registration), aim=0.5),
        Load("scan, one a request", batches(1), aim=0.5),
        Load(f"scans, {BATCH} a request", batches(BATCH), aim=0, per=BATCH, aim_per_second=2000),
        Load("totals API", _requests(lambda _: totals), aim=1.0),
    ]
