"""The organisers' use cases: each does all that it means."""

import uuid
from datetime import timedelta

import pytest

from checkin.services import Reading, record_scans
from core.audit import SYSTEM
from core.models import OutboxMessage
from desk import services as desk
from events.enums import Status
from events.models import Event, Pool
from events.services import NotPublishable, WrongStatus
from registrations.enums import State
from registrations.services import PoolTooSmall
from tests import factories
from tests.races import at_once


def _arrive(event, guest, at):
    door = event.checkpoints.select_related("event").get()
    record_scans(
        checkpoint=door,
        readings=[Reading(id=uuid.uuid4(), code=guest.badge_code, scanned_at=at)],
        by=factories.user(),
        at=at,
    )


@pytest.mark.django_db
def test_publish_gives_the_event_one_door():
    event = factories.event(status=Status.DRAFT)

    desk.publish_event(event=event, by=SYSTEM, at=factories.now())

    assert event.checkpoints.count() == 1
    with pytest.raises(WrongStatus):
        desk.publish_event(event=event, by=SYSTEM, at=factories.now())


@pytest.mark.django_db
def test_publish_names_everything_that_is_missing_and_changes_nothing():
    event = factories.event(status=Status.DRAFT, languages=["en", "fr"], venue=None)

    with pytest.raises(NotPublishable) as refusal:
        desk.publish_event(event=event, by=SYSTEM, at=factories.now())

    assert len(refusal.value.problems) == 2
    assert Event.objects.get().status == Status.DRAFT


@pytest.mark.django_db
def test_change_of_time_tells_the_guests_once_and_raises_the_calendar_sequence():
    event = factories.event()
    start = event.starts_at + timedelta(days=1)

    desk.change_event(event=event, by=SYSTEM, at=factories.now(), starts_at=start, ends_at=start + timedelta(hours=2))
    desk.change_event(event=event, by=SYSTEM, at=factories.now(), summary={"en": "The same, better told"})

    letters = OutboxMessage.objects.filter(task="registrations.announce")
    assert [message.payload["kind"] for message in letters] == ["event_changed"]
    assert Event.objects.get().calendar_sequence == 1


@pytest.mark.django_db
def test_change_that_grows_the_places_promotes_at_once():
    event = factories.event(places=1)
    factories.registration(event)
    waiting = factories.registration(event)

    desk.change_event(event=event, by=SYSTEM, at=factories.now(), places={"in_person": 2})

    waiting.refresh_from_db()
    assert waiting.status == State.CONFIRMED


@pytest.mark.django_db
def test_change_to_fewer_places_than_taken_changes_nothing_at_all():
    event = factories.event(places=3)
    for _ in range(3):
        factories.registration(event)

    with pytest.raises(PoolTooSmall):
        desk.change_event(
            event=event, by=SYSTEM, at=factories.now(), places={"in_person": 2}, summary={"en": "Not to be kept"}
        )

    assert not Event.objects.get().summary
    assert Pool.objects.get().size == 3


@pytest.mark.django_db
def test_close_before_the_end_wants_somebody_who_was_there():
    event = factories.event()
    guest, now = factories.registration(event), factories.now()

    with pytest.raises(WrongStatus, match="nobody was checked in"):
        desk.close_event(event=event, by=SYSTEM, at=now)
    _arrive(event, guest, now)
    statement = desk.close_event(event=event, by=SYSTEM, at=now)

    assert (statement.participants, event.status) == (1, Status.CLOSED)
    assert statement.held_on == now.astimezone(event.zone).date()


@pytest.mark.django_db(transaction=True)
def test_publish_and_cancel_by_six_people_at_once_each_happen_once():
    event = factories.event(status=Status.DRAFT)

    def publish():
        return desk.publish_event(event=Event.objects.get(pk=event.pk), by=SYSTEM, at=factories.now())

    def cancel():
        return desk.cancel_event(event=Event.objects.get(pk=event.pk), by=SYSTEM, at=factories.now(), reason="strike")

    published, cancelled = at_once([publish] * 6), at_once([cancel] * 6)

    for results in (published, cancelled):
        assert sum(isinstance(result, Event) for result in results) == 1
        assert sum(isinstance(result, WrongStatus) for result in results) == 5
    assert event.checkpoints.count() == 1
    assert OutboxMessage.objects.filter(task="registrations.announce").count() == 1
