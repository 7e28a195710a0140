from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from checkin.models import Attendance
from core.models import OutboxMessage
from registrations.enums import LetterKind, LetterState
from registrations.models import Letter, Registration
from registrations.services import announce, post, queue_letter
from tests import factories
from tests.registrations.letters.reading import letter_of

pytestmark = pytest.mark.django_db

# A Thursday at 18:00 in Brussels.
START = datetime(2031, 3, 6, 17, 0, tzinfo=UTC)
LONG_BEFORE = START - timedelta(days=30)


def coming(**fields):
    return factories.event(starts_at=START, at=LONG_BEFORE, **fields)


def reminded():
    return set(Letter.objects.filter(kind=LetterKind.REMINDER).values_list("registration", flat=True))


def test_send_twice_sends_once():
    letter = letter_of(factories.registration(factories.event(), letter=False), LetterKind.CONFIRMED)

    post.send(letter_id=letter.pk, at=factories.now(), last=False)
    post.send(letter_id=letter.pk, at=factories.now(), last=False)

    assert len(mail.outbox) == 1


def test_queue_letter_without_an_address_writes_nothing():
    guest = factories.registration(factories.event(), email="")

    assert queue_letter(registration=guest, kind=LetterKind.CONFIRMED, at=factories.now()) is None
    assert not Letter.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_announce_to_all_writes_to_live_registrations_with_an_address_once():
    event = factories.event(places=2)
    guests = [factories.registration(event, letter=False) for _number in range(3)]
    factories.registration(event, email="", letter=False)
    gone = factories.registration(event, letter=False)
    Registration.objects.filter(pk=gone.pk).update(status="cancelled")
    row = announce(event=event, kind=LetterKind.EVENT_CANCELLED, context={"reason": "A strike."}, at=factories.now())
    wanted = {"event_id": event.pk, "kind": LetterKind.EVENT_CANCELLED, "context": row.payload["context"]}

    first = post.announce_to_all(**wanted, reason="announcement:1", at=factories.now())
    again = post.announce_to_all(**wanted, reason="announcement:1", at=factories.now())
    another = post.announce_to_all(**wanted, reason="announcement:2", at=factories.now())

    assert (first, again, another) == (3, 0, 3)
    assert set(Letter.objects.values_list("registration", flat=True)) == {guest.pk for guest in guests}
    assert OutboxMessage.objects.filter(task="registrations.send_letter").count() == 6


@pytest.mark.parametrize("guests", [1, 3])
def test_announce_to_all_costs_the_same_for_one_and_three(django_assert_num_queries, guests):
    event = factories.event()
    for _number in range(guests):
        factories.registration(event, letter=False)

    with django_assert_num_queries(7):
        post.announce_to_all(
            event_id=event.pk, kind=LetterKind.EVENT_CHANGED, context={}, reason="x", at=factories.now()
        )


def test_announce_to_all_more_than_a_batch_reaches_everybody(monkeypatch):
    monkeypatch.setattr(post, "AT_ONCE", 2)
    event = factories.event()
    for _number in range(5):
        factories.registration(event, letter=False)

    written = post.announce_to_all(
        event_id=event.pk, kind=LetterKind.EVENT_CHANGED, context={}, reason="x", at=factories.now()
    )

    assert written == 5


def test_write_due_reminds_a_day_before_once_and_only_who_is_confirmed():
    event = coming(places=1)
    confirmed = factories.registration(event, at=LONG_BEFORE)
    factories.registration(event, at=LONG_BEFORE)

    early = post.write_due(at=START - timedelta(hours=24, minutes=1))
    due = post.write_due(at=START - timedelta(hours=24))
    again = post.write_due(at=START - timedelta(hours=20))

    assert (early, due, again) == (0, 1, 0)
    assert reminded() == {confirmed.pk}


@pytest.mark.parametrize(
    ("registered_at", "is_reminded"),
    [
        (datetime(2031, 3, 4, 22, 59, tzinfo=UTC), True),  # 23:59 in Brussels, the evening before the reminder goes
        (datetime(2031, 3, 4, 23, 1, tzinfo=UTC), False),  # that same day
        (datetime(2031, 3, 5, 20, 0, tzinfo=UTC), False),  # that same day, after the others had theirs
        (datetime(2031, 3, 6, 9, 0, tzinfo=UTC), False),  # on the day of the event
    ],
)
def test_write_due_spares_who_registered_that_same_day(registered_at, is_reminded):
    guest = factories.registration(coming(), at=registered_at)

    post.write_due(at=START - timedelta(hours=24))
    post.write_due(at=START - timedelta(hours=1))

    assert (guest.pk in reminded()) is is_reminded


def test_write_due_spares_who_got_a_place_from_the_waiting_list_that_day():
    guest = factories.registration(coming(), at=LONG_BEFORE)
    Registration.objects.update(confirmed_at=START - timedelta(hours=22))

    post.write_due(at=START - timedelta(hours=20))

    assert guest.pk not in reminded()


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_write_due_reminds_of_no_event_that_does_not_take_place(status):
    event = coming()
    factories.registration(event, at=LONG_BEFORE)
    type(event).objects.update(status=status)

    assert post.write_due(at=START - timedelta(hours=20)) == 0


def test_write_due_reminds_anew_when_the_event_moved_to_another_day():
    event = coming()
    factories.registration(event, at=LONG_BEFORE)
    post.write_due(at=START - timedelta(hours=20))
    type(event).objects.update(starts_at=START + timedelta(days=7), ends_at=START + timedelta(days=7, hours=2))

    assert post.write_due(at=START + timedelta(days=6, hours=4)) == 1


def was_there(guest):
    door = guest.event.checkpoints.get()
    Attendance.objects.create(
        registration=guest, checkpoint=door, first_seen_at=START, last_seen_at=START, mode="in_person", method="scan"
    )


def test_write_due_thanks_who_came_the_morning_after_once():
    event = coming()
    came, _stayed_away = factories.registration(event, at=LONG_BEFORE), factories.registration(event, at=LONG_BEFORE)
    was_there(came)
    morning = datetime(2031, 3, 7, 8, 0, tzinfo=UTC)  # 09:00 in Brussels

    written = [post.write_due(at=at) for at in (morning - timedelta(minutes=1), morning, morning + timedelta(hours=1))]

    assert written == [0, 1, 0]
    assert Letter.objects.get(kind=LetterKind.THANK_YOU).registration == came


def test_write_due_thanks_for_no_event_of_long_ago():
    event = coming()
    was_there(factories.registration(event, at=LONG_BEFORE))

    assert post.write_due(at=START + timedelta(days=10)) == 0


def test_write_due_one_bad_event_stops_no_other():
    broken, fine = coming(), coming()
    for event in (broken, fine):
        factories.registration(event, at=LONG_BEFORE)
    type(broken).objects.filter(pk=broken.pk).update(timezone="Nowhere/Atlantis")

    written = post.write_due(at=START - timedelta(hours=20))

    assert written == 1
    assert Letter.objects.get(kind=LetterKind.REMINDER).registration.event == fine


def test_fail_leaves_a_letter_alone_that_was_sent():
    letter = letter_of(factories.registration(factories.event(), letter=False), LetterKind.CONFIRMED)
    post.send(letter_id=letter.pk, at=factories.now(), last=False)

    post.fail(letter_id=letter.pk, reason="a late fright")

    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
