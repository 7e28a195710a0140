"""What the tests of the door share."""

import uuid
from datetime import timedelta

from checkin import services
from checkin.services import Reading
from tests import factories


def door_of(event):
    """The door of the event, with the event as ``checkpoint_for`` brings it."""
    return event.checkpoints.select_related("event__delegation").get()


def reading(guest=None, **fields):
    """A reading of the guest's badge, now."""
    code = {"code": guest.badge_code} if guest else {}
    return Reading(**{"id": uuid.uuid4(), "scanned_at": factories.now(), **code, **fields})


def scan(door, *readings, by=None, at=None):
    """Record the readings by a user, at ``at`` or now; gives the verdicts."""
    return services.record_scans(
        checkpoint=door, readings=readings, by=by or factories.user(), at=at or factories.now()
    )


def outcomes(verdicts):
    return [verdict.outcome for verdict in verdicts]


def minutes_ago(number):
    return factories.now() - timedelta(minutes=number)
