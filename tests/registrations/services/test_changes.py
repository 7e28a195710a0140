"""Cancelling, promoting, approving and correcting: what happens to a registration afterwards."""

from datetime import timedelta

import pytest

from core.audit import SYSTEM
from core.models import AuditEntry
from events.models import Pool
from registrations import selectors, services
from registrations.enums import LetterKind, Source, State
from registrations.models import Letter, Registration
from tests import factories

pytestmark = pytest.mark.django_db


def _cancel(registration, **more):
    return services.cancel_registration(
        registration=registration, by=SYSTEM, at=more.pop("at", factories.now()), **more
    )


def _kinds(registration):
    return list(Letter.objects.filter(registration=registration).values_list("kind", flat=True))


def test_cancel_a_confirmed_guest_gives_the_place_to_the_first_who_waits():
    event = factories.event(places=1)
    guest, next_one, last = (factories.registration(event) for _ in range(3))

    _cancel(guest)

    next_one.refresh_from_db()
    last.refresh_from_db()
    assert (next_one.status, last.status) == (State.CONFIRMED, State.WAITLISTED)
    assert LetterKind.PROMOTED in _kinds(next_one)
    assert selectors.waiting_position(last) == 1
    assert Pool.objects.get(event=event).taken == 1


def test_cancel_twice_frees_one_place_and_sends_one_letter():
    event = factories.event(places=2)
    guest, other = factories.registration(event), factories.registration(event)
    stale = Registration.objects.get(pk=guest.pk)

    _cancel(guest)
    _cancel(stale)

    assert Pool.objects.get(event=event).taken == 1
    assert _kinds(guest).count(LetterKind.CANCELLED_BY_GUEST) == 1
    assert other.status == State.CONFIRMED


def test_cancel_somebody_who_waits_moves_nobody_up():
    event = factories.event(places=1)
    guest, waiting, last = (factories.registration(event) for _ in range(3))

    _cancel(waiting)

    last.refresh_from_db()
    assert (last.status, Pool.objects.get(event=event).taken) == (State.WAITLISTED, 1)
    assert guest.status == State.CONFIRMED


def test_cancel_once_the_event_has_begun_promotes_nobody():
    event = factories.event(places=1)
    guest, waiting = factories.registration(event), factories.registration(event)

    _cancel(guest, at=event.starts_at + timedelta(minutes=5))

    waiting.refresh_from_db()
    assert waiting.status == State.WAITLISTED


def test_resize_pool_growing_promotes_as_many_as_fit_in_order():
    event = factories.event(places=1)
    rows = [factories.registration(event) for _ in range(4)]

    services.resize_pool(event=event, mode="in_person", size=3, by=SYSTEM, at=factories.now())

    states = [Registration.objects.get(pk=row.pk).status for row in rows]
    assert states == [State.CONFIRMED, State.CONFIRMED, State.CONFIRMED, State.WAITLISTED]
    assert Pool.objects.get(event=event).taken == 3


def test_resize_pool_to_unlimited_promotes_everybody():
    event = factories.event(places=1)
    for _ in range(4):
        factories.registration(event)

    services.resize_pool(event=event, mode="in_person", size=None, by=SYSTEM, at=factories.now())

    assert Registration.objects.confirmed().count() == 4
    assert Pool.objects.get(event=event).taken == 4


def test_resize_pool_below_what_is_taken_is_refused_and_says_how_many():
    event = factories.event(places=5)
    for _ in range(3):
        factories.registration(event)

    with pytest.raises(services.PoolTooSmall) as refusal:
        services.resize_pool(event=event, mode="in_person", size=2, by=SYSTEM, at=factories.now())

    assert "3" in refusal.value.message
    assert Pool.objects.get(event=event).size == 5


def test_change_mode_without_room_changes_nothing():
    event = factories.event(format="hybrid", places=5, online=0)
    guest = factories.registration(event, mode="in_person")

    with pytest.raises(services.PoolFull):
        services.change_mode(registration=guest, mode="online", by=SYSTEM, at=factories.now())

    guest.refresh_from_db()
    assert guest.mode == "in_person"
    assert {pool.mode: pool.taken for pool in Pool.objects.all()} == {"in_person": 1, "online": 0}


def test_change_mode_frees_the_old_place_for_who_waits():
    event = factories.event(format="hybrid", places=1, online=None)
    guest = factories.registration(event, mode="in_person")
    waiting = factories.registration(event, mode="in_person")

    services.change_mode(registration=guest, mode="online", by=SYSTEM, at=factories.now())

    waiting.refresh_from_db()
    assert waiting.status == State.CONFIRMED
    assert {pool.mode: pool.taken for pool in Pool.objects.all()} == {"in_person": 1, "online": 1}


def test_change_mode_of_somebody_who_waits_confirms_where_there_is_room():
    event = factories.event(format="hybrid", places=0, online=1)
    waiting = factories.registration(event, mode="in_person")

    services.change_mode(registration=waiting, mode="online", by=SYSTEM, at=factories.now())

    assert waiting.status == State.CONFIRMED
    assert Pool.objects.get(mode="online").taken == 1


def test_decline_sends_a_letter_and_leaves_the_address_free():
    event = factories.event(approval=True)
    asked = factories.registration(event, source=Source.FORM, email="asked@guests.example")

    services.decline_registration(registration=asked, by=SYSTEM, at=factories.now())
    again = factories.registration(event, email="asked@guests.example")

    assert LetterKind.DECLINED in _kinds(asked)
    assert again.status == State.CONFIRMED


def test_approve_on_a_full_event_queues_and_a_second_approval_is_refused():
    event = factories.event(places=0, approval=True)
    asked = factories.registration(event, source=Source.FORM)

    services.approve_registration(registration=asked, by=SYSTEM, at=factories.now())

    assert asked.status == State.WAITLISTED
    with pytest.raises(services.NotPossible):
        services.approve_registration(registration=asked, by=SYSTEM, at=factories.now())


def test_change_person_keeps_the_badge_code_and_records_before_and_after():
    guest = factories.registration(factories.event(), family_name="Lillle")
    code = guest.badge_code

    services.change_person(registration=guest, by=SYSTEM, at=factories.now(), family_name="Lille")

    guest.refresh_from_db()
    entry = AuditEntry.objects.get(action="registration.corrected")
    assert (guest.family_name, guest.badge_code) == ("Lille", code)
    assert (entry.before, entry.after) == ({"family_name": "Lillle"}, {"family_name": "Lille"})


def test_correct_address_sends_the_letter_anew_and_kills_the_old_link():
    guest = factories.registration(factories.event(), email="typo@guests.exmaple")
    old_link = selectors.manage_token(guest)

    services.correct_address(registration=guest, email="right@guests.example", by=SYSTEM, at=factories.now())

    assert Letter.objects.filter(to="right@guests.example", kind=LetterKind.CONFIRMED).count() == 1
    with pytest.raises(Registration.DoesNotExist):
        selectors.by_manage_link(guest.pk, old_link)
    assert selectors.by_manage_link(guest.pk, selectors.manage_token(guest)) == guest


def test_correct_address_to_one_that_is_registered_changes_nothing():
    event = factories.event()
    other = factories.registration(event, email="other@guests.example")
    guest = factories.registration(event, email="mine@guests.example")

    with pytest.raises(services.AlreadyRegistered) as refusal:
        services.correct_address(registration=guest, email="OTHER@guests.example", by=SYSTEM, at=factories.now())

    guest = Registration.objects.get(pk=guest.pk)
    assert refusal.value.registration == other
    assert guest.email == "mine@guests.example"


def test_resend_link_writes_to_known_addresses_only():
    event = factories.event()
    guest = factories.registration(event, email="known@guests.example")
    Letter.objects.all().delete()

    services.resend_link(event=event, email=" KNOWN@guests.example", at=factories.now())
    services.resend_link(event=event, email="stranger@guests.example", at=factories.now())
    services.resend_link(event=event, email="", at=factories.now())

    assert list(Letter.objects.values_list("registration", "kind")) == [(guest.pk, LetterKind.LINK)]


def test_manage_link_of_another_guest_opens_nothing():
    event = factories.event()
    mine, other = factories.registration(event), factories.registration(event)

    with pytest.raises(Registration.DoesNotExist):
        selectors.by_manage_link(other.pk, selectors.manage_token(mine))

    assert selectors.manage_token(mine) not in mine.badge_code
