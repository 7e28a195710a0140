"""The outbox: work is a row of the transaction that wants it, so it is neither lost nor done for a rollback.

On commit the worker is nudged by task name; the broker being away costs the nudge only, since beat sweeps what is due.
A worker claims a row for a lease, so two nudges do the work once; a killed worker's row is claimed again after the lease.
"""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import KombuError
from kombu.exceptions import OperationalError as BrokerDown
from redis.exceptions import RedisError

from core.models import OutboxMessage

MAX_ATTEMPTS = 12
SWEEP_AT_ONCE = 500
SILENCE_SECONDS = 2.0
_BROKER_ERRORS = (BrokerDown, KombuError, RedisError, OSError)
_log = logging.getLogger(__name__)


class _Broker:
    """What this process last learned of the broker; ``silent_until`` is on the monotonic clock."""

    silent_until = 0.0


_broker = _Broker()


class RetryLater(Exception):
    """The work can't be done now, through no fault of its own; it is tried again with back-off."""


class GiveUp(Exception):
    """The work can never be done; the row fails and says why."""


def enqueue(
    *, task: str, payload: dict[str, Any], at: datetime, key: str | None = None, due_at: datetime | None = None
) -> OutboxMessage:
    """Leave ``task`` for the worker, inside the caller's transaction; an equal ``key`` gives the row that is there."""
    values = {"task": task, "payload": payload, "created_at": at, "due_at": due_at or at}
    if key is None:
        message, created = OutboxMessage.objects.create(**values), True
    else:
        message, created = OutboxMessage.objects.get_or_create(key=key, defaults=values)
    if created and (due_at is None or due_at <= at):
        transaction.on_commit(lambda: _nudge_unless_silent([(message.pk, task)]), robust=True)
    return message


def enqueue_many(*, task: str, payloads: Iterable[dict[str, Any]], at: datetime) -> list[OutboxMessage]:
    """Leave one row for each payload, in two statements at most however many they are."""
    rows = [OutboxMessage(task=task, payload=payload, created_at=at, due_at=at) for payload in payloads]
    made = OutboxMessage.objects.bulk_create(rows, batch_size=500)
    transaction.on_commit(lambda: _nudge_unless_silent([(row.pk, task) for row in made]), robust=True)
    return made


def nudge(rows: Iterable[tuple[int, str]]) -> int:
    """Tell the worker of each (row id, task name); stops at the first failure, since beat will sweep. Returns how many."""
    told = 0
    for pk, task in rows:
        try:
            current_app.send_task(task, args=[pk])
        except _BROKER_ERRORS as error:
            _log.warning("broker away, the sweep will follow up: %s", error)
            _broker.silent_until = time.monotonic() + SILENCE_SECONDS
            break
        told += 1
    return told


def _nudge_unless_silent(rows: Iterable[tuple[int, str]]) -> None:
    """Nudge, unless the broker was found silent a moment ago: a transaction of fifty letters pays for that once."""
    if time.monotonic() >= _broker.silent_until:
        nudge(rows)


def claim(pk: int, *, at: datetime) -> OutboxMessage | None:
    """Take the row for the length of the lease; None when it is done, not yet due, or in another worker's hands."""
    lease = at + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    taken = OutboxMessage.objects.filter(free, pk=pk, done_at=None, failed_at=None, due_at__lte=at).update(
        leased_until=lease, attempts=F("attempts") + 1
    )
    return OutboxMessage.objects.get(pk=pk) if taken else None


def work(pk: int, handler: Callable[[OutboxMessage, datetime], None]) -> bool:
    """Claim the row, run ``handler`` and note the end. Returns whether the work is done now.

    A handler that raises anything but GiveUp is tried again, later each time, up to MAX_ATTEMPTS.
    """
    message = claim(pk, at=timezone.now())
    if message is None:
        return False
    try:
        handler(message, timezone.now())
    except GiveUp as reason:
        _fail(message, str(reason))
    except Exception as error:  # noqa: BLE001 - whatever a handler raises, the row must not be lost
        if not isinstance(error, RetryLater):
            _log.exception("%s failed", message)
        _postpone(message, f"{type(error).__name__}: {error}")
    else:
        OutboxMessage.objects.filter(pk=pk).update(done_at=timezone.now(), leased_until=None, error="")
        return True
    return False


def is_last_attempt(message: OutboxMessage) -> bool:
    """Whether a failure now is the end of it."""
    return message.attempts >= MAX_ATTEMPTS


def _fail(message: OutboxMessage, reason: str) -> None:
    OutboxMessage.objects.filter(pk=message.pk).update(failed_at=timezone.now(), leased_until=None, error=reason)


def _postpone(message: OutboxMessage, reason: str) -> None:
    if is_last_attempt(message):
        return _fail(message, reason)
    wait = min(settings.OUTBOX_RETRY_SECONDS * 2 ** (message.attempts - 1), 6 * 3600)
    due = timezone.now() + timedelta(seconds=wait)
    OutboxMessage.objects.filter(pk=message.pk).update(due_at=due, leased_until=None, error=reason, nudged_at=None)
    return None


def sweep(*, at: datetime) -> int:
    """Nudge what is due and unclaimed, oldest first; a row that was nudged lately is left to its worker. Returns how many."""
    grace = at - timedelta(seconds=settings.OUTBOX_SWEEP_SECONDS)
    # A nudge can be lost with its broker; six sweeps later it counts as lost.
    stale = at - 6 * timedelta(seconds=settings.OUTBOX_SWEEP_SECONDS)
    rows = list(
        OutboxMessage.objects.filter(done_at=None, failed_at=None, due_at__lte=grace)
        .filter(Q(leased_until__isnull=True) | Q(leased_until__lte=at))
        .filter(Q(nudged_at__isnull=True) | Q(nudged_at__lte=stale))
        .order_by("due_at")
        .values_list("pk", "task")[:SWEEP_AT_ONCE]
    )
    told = nudge(rows)
    OutboxMessage.objects.filter(pk__in=[pk for pk, _task in rows[:told]]).update(nudged_at=at)
    return told
