"""An event's door."""

import pytest

from checkin.services import open_door
from core.audit import SYSTEM
from core.models import AuditEntry
from tests import factories

pytestmark = pytest.mark.django_db


def test_open_door_published_event_has_one_in_four_languages():
    event = factories.event()

    door = event.checkpoints.get()

    assert (door.kind, door.opens_at, door.closes_at) == ("door", None, None)
    assert set(door.name) == {"en", "fr", "nl", "de"}
    assert AuditEntry.objects.filter(action="checkpoint.opened", subject_id=str(door.pk)).count() == 1


def test_open_door_again_gives_the_same_door():
    event = factories.event()

    assert open_door(event=event, by=SYSTEM, at=factories.now()) == event.checkpoints.get()
