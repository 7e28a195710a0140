"""What happens to a registration afterwards: cancel, approve, decline, correct, change the mode."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.audit import Actor
from events.enums import Status
from events.models import Event
from registrations.enums import LetterKind, State
from registrations.models import Registration
from registrations.services import places, waiting_list
from registrations.services.errors import RegistrationError
from registrations.services.letters import queue_letter
from registrations.services.register import AlreadyRegistered, EventFull, ModeNotOffered, normalise_email, one_line

PERSON_FIELDS = frozenset({"given_name", "family_name", "organisation", "country", "language", "part"})


class NotPossible(RegistrationError):
    """The registration's state does not allow it."""


def _lock(registration: Registration) -> Registration:
    """Re-read the registration under its lock; lock the pool before, where the pool is needed too."""
    fresh = Registration.objects.select_for_update().get(pk=registration.pk)
    registration.status, registration.mode = fresh.status, fresh.mode
    return registration


def _note(
    registration: Registration, action: str, by: Actor, at: datetime, before: dict[str, Any], after: dict[str, Any]
) -> None:
    scope = registration.event.delegation.slug
    audit.record(by=by, at=at, action=action, subject=registration, scope=scope, before=before, after=after)


def _move(registration: Registration, state: State, action: str, by: Actor, at: datetime, **fields: Any) -> None:
    before = registration.status
    registration.status, registration.updated_at = state, at
    for name, value in fields.items():
        setattr(registration, name, value)
    registration.save(update_fields=["status", "updated_at", *fields])
    _note(registration, action, by, at, {"status": before}, {"status": state})


@transaction.atomic
def cancel_registration(
    *, registration: Registration, by: Actor, at: datetime, letter: LetterKind | None = LetterKind.CANCELLED_BY_GUEST
) -> Registration:
    """Cancel; a place that it held goes to the first who waits, in this transaction. Cancelling twice changes nothing.

    ``letter`` is the one that the guest gets, or None. Raises NotPossible for somebody who was there.
    """
    pool = places.lock_pool(registration.event_id, registration.mode)
    _lock(registration)
    if not registration.is_live:
        return registration
    if registration.event.status == Status.CLOSED:
        raise NotPossible(_("The event is closed: its guest list can't be changed any more."))
    held_a_place = registration.status == State.CONFIRMED
    _move(registration, State.CANCELLED, "registration.cancelled", by, at, cancelled_at=at)
    if held_a_place:
        places.free_place(pool)
        waiting_list.fill(event=registration.event, pool=pool, at=at)
    if letter:
        queue_letter(registration=registration, kind=letter, at=at)
    return registration


@transaction.atomic
def approve_registration(*, registration: Registration, by: Actor, at: datetime) -> Registration:
    """Accept a pending registration: confirmed if a place is free, else on the waiting list.

    Raises NotPossible unless it is pending, EventFull without a place and a waiting list.
    """
    pool = places.lock_pool(registration.event_id, registration.mode)
    _lock(registration)
    if registration.status != State.PENDING:
        raise NotPossible(_("Only a registration that awaits approval can be accepted."))
    if not pool.is_full:
        _move(registration, State.CONFIRMED, "registration.approved", by, at, confirmed_at=at)
        places.take_place(registration.event_id, registration.mode)
        queue_letter(registration=registration, kind=LetterKind.CONFIRMED, at=at)
    elif registration.event.waiting_list:
        _move(registration, State.WAITLISTED, "registration.approved", by, at, waiting_since=at)
        queue_letter(registration=registration, kind=LetterKind.WAITLISTED, at=at)
    else:
        raise EventFull(_("All places are taken, and there is no waiting list."))
    return registration


@transaction.atomic
def decline_registration(*, registration: Registration, by: Actor, at: datetime) -> Registration:
    """Decline a pending registration, with a kind letter. Raises NotPossible unless it is pending."""
    _lock(registration)
    if registration.status != State.PENDING:
        raise NotPossible(_("Only a registration that awaits approval can be declined."))
    _move(registration, State.DECLINED, "registration.declined", by, at)
    queue_letter(registration=registration, kind=LetterKind.DECLINED, at=at)
    return registration


@transaction.atomic
def change_person(*, registration: Registration, by: Actor, at: datetime, **fields: Any) -> Registration:
    """Correct who it is (names, organisation, country, language, part). The badge code stays, so a printed badge still works."""
    unknown = set(fields) - PERSON_FIELDS
    if unknown:
        raise TypeError(f"not a field of a person: {', '.join(sorted(unknown))}")
    values = {name: one_line(value) if isinstance(value, str) else value for name, value in fields.items()}
    old, new = audit.changes({name: getattr(registration, name) for name in values}, values)
    if not new:
        return registration
    for name, value in new.items():
        setattr(registration, name, value)
    registration.updated_at = at
    registration.save(update_fields=[*new, "updated_at"])
    _note(registration, "registration.corrected", by, at, old, new)
    return registration


def correct_address(*, registration: Registration, email: str, by: Actor, at: datetime) -> Registration:
    """Move the registration to another address; its letter is sent there and links mailed before die.

    Raises AlreadyRegistered when the other address has a live registration for the event.
    """
    key = normalise_email(email)
    try:
        with transaction.atomic():
            return _readdress(registration, email.strip(), key, by, at)
    except IntegrityError:
        other = Registration.objects.live().get(event_id=registration.event_id, email_key=key)
        raise AlreadyRegistered(other) from None


def _readdress(registration: Registration, email: str, key: str, by: Actor, at: datetime) -> Registration:
    _lock(registration)
    before = registration.email
    registration.email, registration.email_key, registration.updated_at = email, key, at
    registration.link_generation += 1
    registration.save(update_fields=["email", "email_key", "link_generation", "updated_at"])
    _note(registration, "registration.corrected", by, at, {"email": before}, {"email": email})
    send_state_letter(registration=registration, at=at)
    return registration


def send_state_letter(*, registration: Registration, at: datetime) -> None:
    """Send (again) the letter that says where the registration stands now, with the link to it."""
    kinds = {
        State.CONFIRMED: LetterKind.CONFIRMED,
        State.WAITLISTED: LetterKind.WAITLISTED,
        State.PENDING: LetterKind.RECEIVED,
    }
    queue_letter(registration=registration, kind=kinds.get(State(registration.status), LetterKind.LINK), at=at)


def resend_link(*, event: Event, email: str, at: datetime) -> None:
    """Mail the link of the live registration of this address, if there is one; the caller answers alike either way."""
    found = Registration.objects.live().filter(event=event, email_key=normalise_email(email)).first()
    if found and found.email_key:
        with transaction.atomic():
            queue_letter(registration=found, kind=LetterKind.LINK, at=at)


@transaction.atomic
def change_mode(*, registration: Registration, mode: str, by: Actor, at: datetime) -> Registration:
    """Take part the other way, if there is room; the place that this frees is given on at once.

    Raises ModeNotOffered, NotPossible, or PoolFull, and then nothing has changed.
    """
    if mode not in registration.event.modes:
        raise ModeNotOffered(_("This event can't be attended in that way."))
    pools = {name: places.lock_pool(registration.event_id, name) for name in sorted({mode, registration.mode})}
    _lock(registration)
    if not registration.is_live or registration.mode == mode:
        raise NotPossible(_("There is nothing to change: please look at the registration again."))
    before, registration.mode, registration.updated_at = registration.mode, mode, at
    registration.save(update_fields=["mode", "updated_at"])
    if registration.status == State.CONFIRMED:
        places.take_place(registration.event_id, mode)
        places.free_place(pools[before])
        waiting_list.fill(event=registration.event, pool=pools[before], at=at)
    elif registration.status == State.WAITLISTED and not pools[mode].is_full:
        waiting_list.fill(event=registration.event, pool=pools[mode], at=at)
    registration.refresh_from_db(fields=["status", "confirmed_at"])
    _note(registration, "registration.mode_changed", by, at, {"mode": before}, {"mode": mode})
    if registration.status == State.CONFIRMED:
        queue_letter(registration=registration, kind=LetterKind.CONFIRMED, at=at)
    return registration
