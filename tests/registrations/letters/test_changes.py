from datetime import UTC, datetime, timedelta

import pytest

from core.audit import SYSTEM
from core.models import OutboxMessage
from desk import services as desk
from registrations.enums import LetterKind, LetterState
from registrations.letters.changes import what_changed
from registrations.models import Letter
from registrations.services import post
from tests import factories
from tests.registrations.letters.reading import entry, html, send, text

pytestmark = pytest.mark.django_db

START = datetime(2031, 3, 3, 13, 0, tzinfo=UTC)


def announced(event, **change):
    """Change ``event`` as an organiser does, write the letters as the worker does, and give the newest one."""
    desk.change_event(event=event, by=SYSTEM, at=factories.now(), **change)
    row = OutboxMessage.objects.filter(task="registrations.announce").latest("pk")
    post.announce_to_all(
        event_id=event.pk,
        kind=LetterKind.EVENT_CHANGED,
        context=row.payload["context"],
        reason=str(row.pk),
        at=factories.now(),
    )
    return Letter.objects.filter(kind=LetterKind.EVENT_CHANGED).latest("created_at")


def moved(event, hours):
    return {"starts_at": event.starts_at + timedelta(hours=hours), "ends_at": event.ends_at + timedelta(hours=hours)}


def test_event_changed_time_and_place_are_told_old_and_new():
    event = factories.event(starts_at=START, venue=factories.venue(name="Old House"))
    factories.registration(event)
    new_house = factories.venue(name="New House", street="2 rue Neuve")

    message = send(announced(event, venue=new_house, **moved(event, 2)))

    assert "Monday 3 March 2031, 14:00–16:00" in text(message)
    assert "Monday 3 March 2031, 16:00–18:00" in text(message)
    assert "Old House, 1 rue de l’Exemple, 1040 Brussels" in html(message)
    assert "New House, 2 rue Neuve, 1040 Brussels" in html(message)
    assert entry(message)["SEQUENCE"] == 1
    assert entry(message)["DTSTART"].dt == START + timedelta(hours=2)


def test_event_changed_twice_before_the_letter_tells_what_holds_now():
    event = factories.event(starts_at=START)
    factories.registration(event)
    first = announced(event, **moved(event, 2))
    second = announced(event, **moved(event, 1))

    assert [change.new for change in what_changed(first)] == ["Monday 3 March 2031, 17:00–19:00"]
    assert [change.old for change in what_changed(second)] == ["Monday 3 March 2031, 16:00–18:00"]


def test_event_changed_and_changed_back_sends_nothing():
    event = factories.event(starts_at=START)
    factories.registration(event)
    first = announced(event, **moved(event, 2))
    announced(event, **moved(event, -2))

    post.send(letter_id=first.pk, at=factories.now(), last=False)

    first.refresh_from_db()
    assert first.state == LetterState.DROPPED
    assert first.error == "the change was taken back"


def test_event_changed_room_is_nothing_to_online_guests_and_the_meeting_nothing_to_others():
    event = factories.event(format="hybrid", online=None, online_url="https://meet.example/old", starts_at=START)
    here = factories.registration(event)
    there = factories.registration(event, mode="online")
    announced(event, online_url="https://meet.example/new", venue=factories.venue(name="New House"))

    told = {
        guest: [change.about for change in what_changed(Letter.objects.get(registration=guest, kind="event_changed"))]
        for guest in (here, there)
    }

    assert told == {here: ["where"], there: ["meeting"]}


def test_event_changed_in_what_guests_do_not_see_writes_no_letter():
    event = factories.event()
    factories.registration(event)

    desk.change_event(event=event, by=SYSTEM, at=factories.now(), counts_reason="in Brussels")

    assert not OutboxMessage.objects.filter(task="registrations.announce").exists()
