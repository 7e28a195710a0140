"""A process that registers guests: ``python -m tests.claimant DATABASE EVENT FIRST COUNT START``.

Works on the test database called DATABASE, from the moment START (seconds since 1970) on; prints the states it got.
"""

import json
import os
import sys
import time

import django


def main(database: str, event_pk: str, first: str, count: str, start: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from events.models import Event
    from tests import factories

    event = Event.objects.get(pk=int(event_pk))
    time.sleep(max(0.0, float(start) - time.time()))
    states = []
    for number in range(int(first), int(first) + int(count)):
        states.append(factories.registration(event, email=f"process-{number}@guests.example").status)
    print(json.dumps(states))


if __name__ == "__main__":
    main(*sys.argv[1:])
