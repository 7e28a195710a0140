"""Registering: the one function that every caller uses, be it the form, the API, a member or the door."""

import base64
import contextlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.audit import Actor
from events.enums import Mode, Status, Visibility
from events.models import Event
from registrations.enums import LetterKind, Part, Source, State
from registrations.models import Registration
from registrations.services import places, waiting_list
from registrations.services.errors import RegistrationError
from registrations.services.letters import queue_letter

_LETTER_FOR = {
    State.CONFIRMED: LetterKind.CONFIRMED,
    State.PENDING: LetterKind.RECEIVED,
    State.WAITLISTED: LetterKind.WAITLISTED,
}


class EventFull(RegistrationError):
    """All places are taken and the event keeps no waiting list."""


class RegistrationClosed(RegistrationError):
    """The event takes no registration from this caller now."""


class ModeNotOffered(RegistrationError):
    """The event can't be attended in this way."""


class AlreadyRegistered(RegistrationError):
    """The address has a live registration for the event: ``registration``. A public page must not tell it apart."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(_("This address is registered for the event already."))
        self.registration = registration


@dataclass(frozen=True, slots=True)
class Person:
    """What is asked of a guest. ``country`` is ISO 3166 alpha-2, ``language`` one of the interface's."""

    given_name: str
    family_name: str
    email: str = ""
    organisation: str = ""
    country: str = ""
    language: str = "en"


def normalise_email(address: str) -> str:
    """The form in which two spellings of one address are equal: trimmed, lower case, domain in ASCII (IDNA)."""
    local, _at, domain = address.strip().lower().rpartition("@")
    with contextlib.suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    return f"{local}@{domain}" if local else address.strip().lower()


def new_badge_code() -> str:
    """128 random bits as 26 upper-case base32 characters: opaque, and typed safely by any keyboard scanner."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")


def register(
    *,
    event: Event,
    person: Person,
    mode: str,
    source: str,
    by: Actor,
    at: datetime,
    part: str = Part.ATTENDEE,
    letter: bool = True,
    idempotency_key: str | None = None,
    answers: dict[str, Any] | None = None,
) -> Registration:
    """Register ``person``: confirmed if a place is free, else waiting, or pending where the organisers approve.

    Guests register while the event is open for them; members may before and after, but nobody over the places.
    The same ``idempotency_key`` on the same event gives the registration that it made before.
    Raises RegistrationClosed, ModeNotOffered, AlreadyRegistered, EventFull.
    """
    if idempotency_key and (known := _by_key(event, idempotency_key)):
        return known
    _check_open(event, mode, source, at)
    draft = _draft(event, person, mode, source, at, part=part, idempotency_key=idempotency_key, answers=answers or {})
    try:
        return _admit(draft, event, by, at, letter)
    except IntegrityError:
        # The constraints speak only after the fact; say which of them it was, in words.
        if idempotency_key and (known := _by_key(event, idempotency_key)):
            return known
        if (
            other := Registration.objects.live()
            .filter(event=event, email_key=draft.email_key)
            .exclude(email_key="")
            .first()
        ):
            raise AlreadyRegistered(other) from None
        raise


def _by_key(event: Event, key: str) -> Registration | None:
    return Registration.objects.filter(event=event, idempotency_key=key).first()


def _check_open(event: Event, mode: str, source: str, at: datetime) -> None:
    if mode not in event.modes:
        raise ModeNotOffered(_("This event can't be attended in that way."))
    if event.status != Status.PUBLISHED or at >= event.ends_at:
        raise RegistrationClosed(_("This event takes no registrations."))
    if source != Source.FORM:
        return
    if event.visibility == Visibility.INVITATION:
        raise RegistrationClosed(_("This event is by invitation: the organisers add the guests."))
    if (event.registration_opens_at and at < event.registration_opens_at) or at >= event.closes_at:
        raise RegistrationClosed(_("Registration for this event is not open now."))


def _draft(event: Event, person: Person, mode: str, source: str, at: datetime, **more: Any) -> Registration:
    return Registration(
        event=event,
        mode=Mode(mode),
        source=source,
        given_name=one_line(person.given_name),
        family_name=one_line(person.family_name),
        email=person.email.strip(),
        email_key=normalise_email(person.email) if person.email else "",
        organisation=one_line(person.organisation),
        country=person.country.upper(),
        language=person.language,
        badge_code=new_badge_code(),
        created_at=at,
        updated_at=at,
        **more,
    )


def one_line(text: str) -> str:
    """Names go into mail headers and on badges: no line breaks, no control characters, single spaces."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()


def _admit(draft: Registration, event: Event, by: Actor, at: datetime, letter: bool) -> Registration:
    if event.approval and draft.source == Source.FORM:
        with transaction.atomic():
            return _write(draft, State.PENDING, by, at, letter)
    if places.has_room(event.pk, draft.mode):
        try:
            with transaction.atomic():
                _write(draft, State.CONFIRMED, by, at, letter)
                places.take_place(event.pk, draft.mode)
                return draft
        except places.PoolFull:
            draft.pk, draft._state.adding = None, True
    if not event.waiting_list:
        raise EventFull(_("All places are taken, and there is no waiting list."))
    return _queue(draft, event, by, at, letter)


@transaction.atomic
def _queue(draft: Registration, event: Event, by: Actor, at: datetime, letter: bool) -> Registration:
    """Wait for a place; should one have been freed since the look, the first of the list has it before we return.

    Whoever frees a place holds the pool's lock: they see our row, or we see their place.
    """
    _write(draft, State.WAITLISTED, by, at, letter)
    pool = places.lock_pool(event.pk, draft.mode)
    if not pool.is_full and waiting_list.fill(event=event, pool=pool, at=at):
        draft.refresh_from_db()
    return draft


def _write(draft: Registration, state: State, by: Actor, at: datetime, letter: bool) -> Registration:
    draft.status = state
    draft.confirmed_at = at if state == State.CONFIRMED else None
    draft.waiting_since = at if state == State.WAITLISTED else None
    draft.save(force_insert=True)
    audit.record(
        by=by,
        at=at,
        action="registration.made",
        subject=draft,
        scope=draft.event.delegation.slug,
        after={"status": state, "mode": draft.mode, "source": draft.source, "name": draft.name, "email": draft.email},
    )
    if letter:
        queue_letter(registration=draft, kind=_LETTER_FOR[state], at=at)
    return draft
