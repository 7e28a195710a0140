"""The post: sending what was written, and writing what is due by the calendar. Called by the worker only."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from core.mail import NotNow, Refused, deliver
from core.outbox import GiveUp, RetryLater
from events.enums import Status
from events.models import Event
from registrations.enums import LetterKind, LetterState
from registrations.letters import render, why_not
from registrations.models import Letter, Registration, RegistrationQuerySet
from registrations.services.letters import queue_once

REMIND_BEFORE = timedelta(hours=24)
# The thanks go on the morning after, at this hour of the event's own time zone.
THANK_AT = time(9)
# After an outage longer than this, thanks would look odd.
THANK_WITHIN = timedelta(days=4)
AT_ONCE = 500
_TOOK_PLACE = [Status.PUBLISHED, Status.CLOSED]
_ENDED = {LetterState.SENT, LetterState.FAILED, LetterState.DROPPED}
_log = logging.getLogger(__name__)


def send(*, letter_id: UUID, at: datetime, last: bool) -> None:
    """Send one letter, unless it has ended or its reason is gone. ``last`` says that there is no further try.

    Not in a transaction: the mail server's answer is noted at once. Should the worker die between the answer and the
    note, the letter goes a second time, under the same Message-ID.
    Raises RetryLater when the server asks for it, GiveUp when it never will take it.
    """
    letter = _with_all(letter_id)
    if letter.state in _ENDED:
        return
    if reason := why_not(letter, at):
        _note(letter, LetterState.DROPPED, reason)
        return
    rendered = render(letter, at)
    try:
        deliver(rendered.mail)
    except Refused as error:
        _note(letter, LetterState.FAILED, str(error))
        raise GiveUp(str(error)) from error
    except NotNow as error:
        _note(letter, LetterState.FAILED if last else LetterState.DELAYED, str(error))
        raise RetryLater(str(error)) from error
    _note(letter, LetterState.SENT, rendered.remark, sent_at=at)


def fail(*, letter_id: UUID, reason: str) -> None:
    """Note that a letter will never go, for a reason that is not the mail server's."""
    Letter.objects.filter(pk=letter_id).exclude(state__in=_ENDED).update(state=LetterState.FAILED, error=reason[:500])


def _with_all(letter_id: UUID) -> Letter:
    wanted = ("registration__event__delegation", "registration__event__venue", "registration__event__room")
    try:
        return Letter.objects.select_related(*wanted).get(pk=letter_id)
    except Letter.DoesNotExist:
        raise GiveUp("the letter was erased with its registration") from None


def _note(letter: Letter, state: LetterState, error: str, **fields: Any) -> None:
    Letter.objects.filter(pk=letter.pk).update(state=state, error=error[:500], **fields)


def announce_to_all(*, event_id: int, kind: LetterKind, context: dict[str, Any], reason: str, at: datetime) -> int:
    """Write a letter of ``kind`` to every live registration of the event, once for ``reason``. Returns how many are new."""
    return _write_in_batches(Registration.objects.live().filter(event=event_id), kind, reason, context, at)


def write_due(*, at: datetime) -> int:
    """Write the reminders and thanks that are due at ``at``. Returns how many; an event that fails stops no other."""
    soon = Event.objects.filter(status=Status.PUBLISHED, starts_at__gt=at, starts_at__lte=at + REMIND_BEFORE)
    over = Event.objects.filter(status__in=_TOOK_PLACE, ends_at__lte=at, ends_at__gt=at - THANK_WITHIN)
    deeds = [*((_remind, event) for event in soon), *((_thank, event) for event in over)]
    written = 0
    for deed, event in deeds:
        try:
            written += deed(event, at)
        except Exception:  # noqa: BLE001  one event's trouble is no reason to keep back the letters of the others
            _log.exception("the letters due for event %s were not written", event.pk)
    return written


def _remind(event: Event, at: datetime) -> int:
    # An event moved to another day is announced once more on the eve of that day.
    reason = f"{LetterKind.REMINDER}:{event.local_start.date()}"
    return _write_in_batches(_to_remind(event), LetterKind.REMINDER, reason, {}, at)


def _thank(event: Event, at: datetime) -> int:
    if at < _thanks_due(event):
        return 0
    came = Registration.objects.filter(event=event, attendances__isnull=False).distinct()
    return _write_in_batches(came, LetterKind.THANK_YOU, LetterKind.THANK_YOU, {}, at)


def _to_remind(event: Event) -> RegistrationQuerySet:
    """Confirmed before the day on which the reminder goes: whoever got a place that day has had a letter that day."""
    day = (event.starts_at - REMIND_BEFORE).astimezone(event.zone).date()
    midnight = datetime.combine(day, time(), event.zone)
    return Registration.objects.confirmed().filter(event=event, confirmed_at__lt=midnight)


def _thanks_due(event: Event) -> datetime:
    return datetime.combine(event.local_end.date() + timedelta(days=1), THANK_AT, event.zone)


def _write_in_batches(
    guests: RegistrationQuerySet, kind: LetterKind, reason: str, context: dict[str, Any], at: datetime
) -> int:
    return sum(
        queue_once(registrations=batch, kind=kind, reason=reason, context=context, at=at) for batch in _batches(guests)
    )


def _batches(guests: RegistrationQuerySet) -> Iterator[Iterable[Registration]]:
    """``guests`` with an address, some hundred at a time, in the order of their ids."""
    last = 0
    while batch := list(guests.exclude(email="").filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield batch
        last = batch[-1].pk
