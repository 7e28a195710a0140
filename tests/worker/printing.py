"""A process that asks for badges: ``python -m tests.worker.printing COUNT``; prints the job's id, as the database writes it."""

import os
import sys

import django


def main(count: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from registrations.badges.sheets import Layout
    from registrations.services.badges import start_badges
    from tests import factories

    event = factories.event(of=factories.delegation(slug=f"office-{os.getpid()}"), places=5000)
    owner = factories.user(email=f"colleague-{os.getpid()}@office.example")
    for _number in range(int(count)):
        factories.registration(event, email="")
    job = start_badges(event=event, owner=owner, at=factories.now(), layout=Layout.A6)
    print(job.pk)


if __name__ == "__main__":
    main(*sys.argv[1:])
