"""The proof that places are never oversold, at any concurrency: threads, processes, and the guard taken out."""

import json
import random
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Least

from core.audit import SYSTEM
from core.models import OutboxMessage
from events.models import Pool
from registrations import services
from registrations.enums import State
from registrations.models import Registration
from registrations.services import places
from tests import factories
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SIZE, CROWD = 20, 50


def _count(event, state):
    return Registration.objects.filter(event=event, status=state).count()


def _taken(event):
    return Pool.objects.get(event=event, mode="in_person").taken


def _claim(event, number):
    return lambda: factories.registration(event, email=f"thread-{number}@guests.example")


def test_register_fifty_threads_for_twenty_places_confirms_twenty_and_queues_thirty():
    event = factories.event(places=SIZE)

    results = at_once([_claim(event, number) for number in range(CROWD)])

    assert [result for result in results if isinstance(result, Exception)] == []
    assert (_count(event, State.CONFIRMED), _count(event, State.WAITLISTED), _taken(event)) == (
        SIZE,
        CROWD - SIZE,
        SIZE,
    )
    waiting = Registration.objects.waiting().filter(event=event)
    assert [registration.waiting_since for registration in waiting] == sorted(r.waiting_since for r in waiting)
    assert OutboxMessage.objects.filter(task="registrations.send_letter").count() == CROWD


def test_register_eight_processes_for_twenty_places_confirms_twenty():
    event = factories.event(places=SIZE)
    start = str(time.time() + 6)
    name = str(connection.settings_dict["NAME"])
    commands = [
        [sys.executable, "-m", "tests.claimant", name, str(event.pk), str(number * 7), "7", start]
        for number in range(8)
    ]

    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    states = [state for process in processes for state in json.loads(process.communicate(timeout=90)[0])]

    assert (states.count("confirmed"), states.count("waitlisted")) == (SIZE, 56 - SIZE)
    assert (_count(event, State.CONFIRMED), _taken(event)) == (SIZE, SIZE)


def test_register_with_the_guard_taken_out_oversells(monkeypatch):
    event = factories.event(places=SIZE)
    everyone_looked = threading.Barrier(CROWD)
    look = places.has_room

    def look_and_wait(event_id, mode):
        answer = look(event_id, mode)
        everyone_looked.wait(timeout=30)
        return answer

    def take_without_asking(event_id, mode):
        Pool.objects.filter(event_id=event_id, mode=mode).update(taken=Least(F("taken") + 1, F("size")))

    monkeypatch.setattr(places, "has_room", look_and_wait)
    monkeypatch.setattr(places, "take_place", take_without_asking)

    at_once([_claim(event, number) for number in range(CROWD)])

    assert _count(event, State.CONFIRMED) > SIZE


def test_cancel_under_the_same_load_neither_loses_nor_doubles_a_place():
    event = factories.event(places=SIZE)
    first = [factories.registration(event, email=f"first-{number}@guests.example") for number in range(SIZE + 5)]
    leaving = [row for row in first if row.status == State.CONFIRMED][:12]

    def leave(registration):
        return lambda: services.cancel_registration(registration=registration, by=SYSTEM, at=factories.now())

    deeds = [leave(row) for row in leaving] + [leave(row) for row in leaving]
    deeds += [_claim(event, number) for number in range(20)]
    random.shuffle(deeds)
    results = at_once(deeds)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert (_count(event, State.CONFIRMED), _taken(event)) == (SIZE, SIZE)
    assert _count(event, State.CANCELLED) == len(leaving)
    assert _count(event, State.WAITLISTED) == 5 + 20 - len(leaving)


def test_cancel_and_register_over_and_over_ends_with_every_place_accounted_for():
    event = factories.event(places=5)

    def come_and_go(number):
        def run():
            mine = factories.registration(event, email=f"restless-{number}@guests.example")
            services.cancel_registration(registration=mine, by=SYSTEM, at=factories.now())

        return run

    results = at_once([come_and_go(number) for number in range(24)])

    assert [result for result in results if isinstance(result, Exception)] == []
    assert (_count(event, State.CONFIRMED), _count(event, State.WAITLISTED), _taken(event)) == (0, 0, 0)


def test_register_one_address_ten_times_at_once_makes_one_live_registration():
    event = factories.event(places=SIZE)

    results = at_once([lambda: factories.registration(event, email="Twice@Guests.example") for _ in range(10)])

    assert sum(isinstance(result, Registration) for result in results) == 1
    assert sum(isinstance(result, services.AlreadyRegistered) for result in results) == 9
    assert _taken(event) == 1


def test_change_mode_both_ways_at_once_keeps_both_pools_exact():
    event = factories.event(format="hybrid", places=10, online=10)
    room = [factories.registration(event, mode="in_person") for _ in range(8)]
    screen = [factories.registration(event, mode="online") for _ in range(8)]

    def switch(row, mode):
        return lambda: services.change_mode(registration=row, mode=mode, by=SYSTEM, at=factories.now())

    results = at_once([switch(row, "online") for row in room] + [switch(row, "in_person") for row in screen])

    assert all(isinstance(result, Registration | services.PoolFull) for result in results), results
    for pool in Pool.objects.filter(event=event):
        assert pool.taken == Registration.objects.confirmed().filter(event=event, mode=pool.mode).count()


def test_pool_oversold_by_hand_is_refused_by_the_database():
    from django.db import IntegrityError, transaction

    event = factories.event(places=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        Pool.objects.filter(event=event).update(taken=3)

    assert _taken(event) == 0
