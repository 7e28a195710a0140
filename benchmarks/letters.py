"""How many letters with badge and calendar entry one worker process sends, and how long a badge takes."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.stage import Stage

LETTERS, BADGES = 400, 300
AIM_LETTERS, AIM_BADGE = 40, 12.0


class _Sink:
    """A mail server that takes everything and counts."""

    def __init__(self) -> None:
        self.count = 0

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        self.count += 1
        return "250 OK"


def report(stage: Stage) -> int:
    """Measure and print; returns the number of aims missed."""
    badge = _badge_milliseconds(stage)
    print(f"\nan A6 badge: {badge:.1f} ms (aim under {AIM_BADGE:.0f})")
    rate = _letters_per_second(stage)
    print(f"letters with badge and calendar entry: {rate:.0f} a second per worker process (aim {AIM_LETTERS})")
    return (badge >= AIM_BADGE) + (rate < AIM_LETTERS)


def _badge_milliseconds(stage: Stage) -> float:
    script = "from benchmarks.letters import time_badges; time_badges()"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def time_badges() -> None:
    """Print the median milliseconds of a badge, in a process of its own: Typst must not compile in one that forks later."""
    import django

    django.setup()
    from django.utils import timezone

    from registrations.badges import badge_pdf
    from registrations.models import Registration

    rows = list(Registration.objects.select_related("event__delegation", "event__venue", "event__room")[:BADGES])
    times = []
    for row in rows:
        start = time.perf_counter()
        badge_pdf(row, timezone.now())
        times.append((time.perf_counter() - start) * 1000)
    print(statistics.median(times))


@contextmanager
def _sink() -> Iterator[tuple[_Sink, int]]:
    from aiosmtpd.controller import Controller

    from benchmarks.stage import _free_port

    handler = _Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop()


def _letters_per_second(stage: Stage) -> float:
    from django.utils import timezone

    from core.models import OutboxMessage
    from registrations.enums import LetterKind
    from registrations.models import Registration
    from registrations.services import queue_letter

    OutboxMessage.objects.all().delete()
    _empty_queue()
    for registration in Registration.objects.filter(event=stage.event)[:LETTERS]:
        queue_letter(registration=registration, kind=LetterKind.CONFIRMED, at=timezone.now())
    with _sink() as (sink, port):
        worker = _start_worker(port)
        try:
            return _rate(sink)
        finally:
            worker.terminate()
            worker.wait(timeout=20)


def _rate(sink: _Sink) -> float:
    """Letters a second between the tenth, when the worker is warm, and the last."""
    end = time.monotonic() + 120
    while sink.count < 10 and time.monotonic() < end:
        time.sleep(0.01)
    first, start = sink.count, time.perf_counter()
    while sink.count < LETTERS and time.monotonic() < end:
        time.sleep(0.01)
    return (sink.count - first) / (time.perf_counter() - start)


def _empty_queue() -> None:
    from config.celery import app

    app.control.purge()


def _start_worker(port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency", "1", "--loglevel", "WARNING"]
    command += ["--without-gossip", "--without-mingle"]
    return subprocess.Popen(command, env={**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}"})
