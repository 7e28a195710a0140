from datetime import timedelta

import pytest
from django.core import mail

from core.audit import SYSTEM
from desk import services as desk
from registrations import services
from registrations.enums import LetterKind, LetterState
from registrations.models import Letter
from registrations.services import post
from tests import factories
from tests.registrations.letters.reading import letter_of

pytestmark = pytest.mark.django_db


def outcome(letter, at=None):
    post.send(letter_id=letter.pk, at=at or factories.now(), last=False)
    letter.refresh_from_db()
    return letter.state


def test_confirmation_of_a_guest_who_cancelled_meanwhile_is_dropped():
    guest = factories.registration(factories.event())
    confirmation = Letter.objects.get(registration=guest)
    services.cancel_registration(registration=guest, by=SYSTEM, at=factories.now())

    assert outcome(confirmation) == LetterState.DROPPED
    assert confirmation.error == "the registration is cancelled now"
    assert not mail.outbox


def test_waiting_letter_of_a_guest_who_was_promoted_meanwhile_is_dropped():
    event = factories.event(places=1)
    first, second = factories.registration(event), factories.registration(event)
    waiting = Letter.objects.get(registration=second)
    services.cancel_registration(registration=first, by=SYSTEM, at=factories.now())

    assert outcome(waiting) == LetterState.DROPPED
    assert outcome(Letter.objects.get(registration=second, kind=LetterKind.PROMOTED)) == LetterState.SENT


def test_letter_to_a_mistyped_address_is_not_sent_with_the_new_link():
    guest = factories.registration(factories.event(), email="mistyped@guests.example")
    first = Letter.objects.get(registration=guest)
    services.correct_address(registration=guest, email="right@guests.example", by=SYSTEM, at=factories.now())

    assert outcome(first) == LetterState.DROPPED
    assert outcome(Letter.objects.exclude(pk=first.pk).get()) == LetterState.SENT
    assert [sent.to for sent in mail.outbox] == [["right@guests.example"]]


def test_confirmation_of_a_cancelled_event_is_dropped_and_the_cancellation_sent():
    event = factories.event()
    guest = factories.registration(event)
    desk.cancel_event(event=event, by=SYSTEM, at=factories.now(), reason="A strike.")

    assert outcome(Letter.objects.get(registration=guest)) == LetterState.DROPPED
    assert outcome(letter_of(guest, LetterKind.EVENT_CANCELLED, reason="A strike.")) == LetterState.SENT


@pytest.mark.parametrize(
    ("kind", "after_start", "state"),
    [
        (LetterKind.REMINDER, timedelta(minutes=-1), LetterState.SENT),
        (LetterKind.REMINDER, timedelta(), LetterState.DROPPED),
        (LetterKind.CONFIRMED, timedelta(minutes=5), LetterState.SENT),
        (LetterKind.CONFIRMED, timedelta(hours=2), LetterState.DROPPED),
        (LetterKind.THANK_YOU, timedelta(days=1), LetterState.SENT),
    ],
)
def test_letter_after_an_outage_is_sent_while_it_still_helps(kind, after_start, state):
    event = factories.event()
    guest = factories.registration(event, letter=False)

    assert outcome(letter_of(guest, kind), event.starts_at + after_start) == state
