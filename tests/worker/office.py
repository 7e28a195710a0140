"""A process that registers guests: ``python -m tests.worker.office COUNT [service|api|form]``.

With the name of one of ``DEEDS`` as the second word it does that instead, to COUNT guests. Works on the installation of
its environment; prints how many seconds the longest registration, or the deed, took.
"""

import os
import re
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django


def main(count: str, way: str = "service") -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.worker.settings"
    django.setup()
    from tests import factories

    office = factories.delegation(slug=f"office-{os.getpid()}")
    if way in DEEDS:
        print(DEEDS[way](office, int(count)))
        return
    event = factories.event(of=office, places=5000)
    register = {"service": by_service, "api": by_api, "form": by_form}[way](event)
    times = []
    for number in range(int(count)):
        start = time.perf_counter()
        register(f"guest-{os.getpid()}-{number}@guests.example")
        times.append(time.perf_counter() - start)
    print(max(times))


def growth(office: Any, count: int) -> float:
    """Guests on the waiting list all get a place at once."""
    from core.audit import SYSTEM
    from registrations.services import resize_pool
    from tests import factories

    event = factories.event(of=office, places=0)
    for number in range(count):
        factories.registration(event, email=f"guest-{number}@guests.example")
    start = time.perf_counter()
    resize_pool(event=event, mode="in_person", size=count, by=SYSTEM, at=factories.now())
    return time.perf_counter() - start


def calling_off(office: Any, count: int) -> float:
    """An event is cancelled; its guests have had no letter yet."""
    from core.audit import SYSTEM
    from desk.services import cancel_event
    from tests import factories

    event = factories.event(of=office, places=count)
    for number in range(count):
        factories.registration(event, email=f"guest-{number}@guests.example", letter=False)
    start = time.perf_counter()
    cancel_event(event=event, by=SYSTEM, at=factories.now(), reason="A strike.")
    return time.perf_counter() - start


def eve(office: Any, count: int) -> float:
    """It is the day before an event, and beat has just said so."""
    from celery import current_app

    from tests import factories

    before = factories.now() - timedelta(days=9)
    event = factories.event(of=office, places=count, at=before, starts_at=factories.now() + timedelta(hours=20))
    for number in range(count):
        factories.registration(event, at=before, email=f"guest-{number}@guests.example", letter=False)
    start = time.perf_counter()
    current_app.send_task("registrations.send_due_letters")
    current_app.send_task("registrations.send_due_letters")
    return time.perf_counter() - start


DEEDS: dict[str, Callable[[Any, int], float]] = {"growth": growth, "calling_off": calling_off, "eve": eve}


def by_service(event: Any) -> Callable[[str], Any]:
    from tests import factories

    return lambda email: factories.registration(event, email=email)


def by_api(event: Any) -> Callable[[str], Any]:
    """Whole requests through middleware, authentication and the API's view."""
    from rest_framework.test import APIClient

    from core.audit import SYSTEM
    from delegations.services import create_api_token
    from tests import factories

    organiser = factories.member(of=event.delegation, email=f"organiser-{os.getpid()}@office.example")
    token = create_api_token(user=organiser, at=factories.now(), by=SYSTEM)
    client = APIClient(HTTP_HOST="localhost")
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    person = {
        "given_name": "Ada",
        "family_name": "Example",
        "organisation": "City",
        "country": "BE",
        "mode": "in_person",
    }

    client.get(f"/api/v1/events/{event.pk}/registrations/")  # a web process has loaded its code long before

    def post(email: str) -> None:
        answer = client.post(f"/api/v1/events/{event.pk}/registrations/", {**person, "email": email}, format="json")
        assert answer.status_code == 201, answer.content

    return post


def by_form(event: Any) -> Callable[[str], Any]:
    """Whole requests of a guest: the form was opened some seconds ago, the time that counts is that of sending it."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    address = f"/events/{event.slug}/register/"
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', client.get(address).content.decode())
    client.post(address, dict(hidden))  # incomplete: a web process has loaded its code long before
    time.sleep(2.1)  # a form that comes back faster than a person types is refused
    person = {"given_name": "Ada", "family_name": "Example", "organisation": "City", "country": "BE", "language": "en"}

    def post(email: str) -> None:
        answer = client.post(address, {**dict(hidden), **person, "email": email})
        assert answer.status_code == 302, answer.content.decode()

    return post


if __name__ == "__main__":
    main(*sys.argv[1:])
