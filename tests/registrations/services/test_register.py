"""Who may register when, and what they get."""

from datetime import timedelta

import pytest

from core.audit import SYSTEM
from core.models import AuditEntry
from events.enums import Status, Visibility
from registrations import services
from registrations.enums import LetterKind, Source, State
from registrations.models import Letter, Registration
from tests import factories

pytestmark = pytest.mark.django_db


def _letters(registration):
    return list(Letter.objects.filter(registration=registration).order_by("created_at").values_list("kind", flat=True))


def test_register_with_a_free_place_confirms_and_writes_letter_and_audit():
    event = factories.event(places=1)

    registration = factories.registration(event, given_name="Chloé", family_name="Łódź")

    assert registration.status == State.CONFIRMED
    assert _letters(registration) == [LetterKind.CONFIRMED]
    entry = AuditEntry.objects.get(action="registration.made", subject_id=str(registration.pk))
    assert entry.after["name"] == "Chloé Łódź"
    assert registration.badge_code not in str(entry.after)


def test_register_on_a_full_event_waits_in_order():
    event = factories.event(places=1)
    factories.registration(event)

    second, third = factories.registration(event), factories.registration(event)

    assert [second.status, third.status] == [State.WAITLISTED, State.WAITLISTED]
    assert list(Registration.objects.waiting()) == [second, third]
    assert _letters(third) == [LetterKind.WAITLISTED]


def test_register_on_a_full_event_without_waiting_list_is_refused():
    event = factories.event(places=0, waiting_list=False)

    with pytest.raises(services.EventFull) as refusal:
        factories.registration(event)

    assert "no waiting list" in refusal.value.message
    assert not Registration.objects.exists()


def test_register_unlimited_pool_confirms_everybody():
    event = factories.event(places=None)

    states = {factories.registration(event).status for _ in range(5)}

    assert states == {State.CONFIRMED}


def test_register_the_same_address_in_another_spelling_is_refused_until_cancelled():
    event = factories.event()
    first = factories.registration(event, email="Guest@Example.EXAMPLE")

    with pytest.raises(services.AlreadyRegistered) as refusal:
        factories.registration(event, email=" guest@example.example ")
    services.cancel_registration(registration=first, by=SYSTEM, at=factories.now())
    again = factories.registration(event, email="guest@example.example")

    assert refusal.value.registration == first
    assert again.status == State.CONFIRMED


def test_register_guests_without_address_are_not_each_other():
    event = factories.event()

    first, second = factories.registration(event, email=""), factories.registration(event, email="")

    assert {first.status, second.status} == {State.CONFIRMED}
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        ({"status": Status.DRAFT}, Source.STAFF),
        ({"status": Status.CANCELLED}, Source.STAFF),
        ({"visibility": Visibility.INVITATION}, Source.FORM),
    ],
)
def test_register_where_nothing_is_open_is_refused_in_words(fields, source):
    event = factories.event(**fields)

    with pytest.raises(services.RegistrationClosed) as refusal:
        factories.registration(event, source=source)

    assert refusal.value.message


def test_register_before_opening_and_after_closing_is_for_members_only():
    start = factories.now() + timedelta(weeks=3)
    event = factories.event(
        starts_at=start,
        registration_opens_at=start - timedelta(weeks=2),
        registration_closes_at=start - timedelta(weeks=1),
    )
    too_early, too_late = start - timedelta(weeks=2, seconds=1), start - timedelta(weeks=1)

    for moment in (too_early, too_late):
        with pytest.raises(services.RegistrationClosed):
            factories.registration(event, source=Source.FORM, at=moment)
        assert factories.registration(event, source=Source.STAFF, at=moment).status == State.CONFIRMED


def test_register_in_a_mode_that_is_not_offered_is_refused():
    event = factories.event(format="in_person")

    with pytest.raises(services.ModeNotOffered):
        factories.registration(event, mode="online")


def test_register_with_an_idempotency_key_twice_gives_the_first_registration():
    event = factories.event()
    call = {"event": event, "mode": "in_person", "source": Source.API, "by": SYSTEM, "at": factories.now()}

    first = services.register(person=factories.person(), idempotency_key="k1", **call)
    again = services.register(person=factories.person(), idempotency_key="k1", **call)

    assert again == first
    assert Registration.objects.count() == 1


def test_register_names_with_line_breaks_come_out_on_one_line():
    event = factories.event()

    registration = factories.registration(event, given_name="Ada\r\nBcc: x@y.example", family_name="  de\tLille ")

    assert registration.name == "Ada Bcc: x@y.example de Lille"


def test_register_where_the_organisers_approve_takes_no_place_until_accepted():
    event = factories.event(places=1, approval=True)

    asked = factories.registration(event, source=Source.FORM)
    taken_before = event.pools.get().taken
    services.approve_registration(registration=asked, by=SYSTEM, at=factories.now())

    assert taken_before == 0
    assert (asked.status, event.pools.get().taken) == (State.CONFIRMED, 1)
    assert _letters(asked) == [LetterKind.RECEIVED, LetterKind.CONFIRMED]


def test_register_badge_codes_are_26_base32_characters_and_differ():
    event = factories.event()

    codes = {factories.registration(event).badge_code for _ in range(3)}

    assert len(codes) == 3
    assert all(len(code) == 26 and set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for code in codes)
