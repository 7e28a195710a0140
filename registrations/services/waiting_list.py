"""The waiting list: who gets a place that became free."""

from datetime import datetime

from django.db.models import F

from core import audit
from core.audit import SYSTEM
from events.enums import Status
from events.models import Event, Pool
from registrations.enums import LetterKind, State
from registrations.models import Registration
from registrations.services.letters import queue_letter


def fill(*, event: Event, pool: Pool, at: datetime) -> list[Registration]:
    """Give the free places of ``pool``, which the caller has locked, to the first who wait, with a letter each.

    Nothing is promoted once the event has begun or is not published any more: nobody could still come.
    """
    if event.status != Status.PUBLISHED or at >= event.starts_at:
        return []
    waiting = Registration.objects.waiting().filter(event=event, mode=pool.mode).select_for_update()
    lucky = list(waiting if pool.left is None else waiting[: pool.left])
    for registration in lucky:
        _promote(registration, event=event, at=at)
    if lucky:
        Pool.objects.filter(pk=pool.pk).update(taken=F("taken") + len(lucky))
        pool.taken += len(lucky)
    return lucky


def _promote(registration: Registration, *, event: Event, at: datetime) -> None:
    registration.status, registration.confirmed_at, registration.updated_at = State.CONFIRMED, at, at
    registration.save(update_fields=["status", "confirmed_at", "updated_at"])
    audit.record(
        by=SYSTEM,
        at=at,
        action="registration.promoted",
        subject=registration,
        scope=event.delegation.slug,
        before={"status": State.WAITLISTED},
        after={"status": State.CONFIRMED},
    )
    queue_letter(registration=registration, kind=LetterKind.PROMOTED, at=at)
