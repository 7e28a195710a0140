"""Letters are written down here, in the transaction of what they tell of; the worker renders and sends them."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from core.models import OutboxMessage
from core.outbox import enqueue, enqueue_many
from events.models import Event
from registrations.enums import LetterKind
from registrations.models import Letter, Registration

SEND = "registrations.send_letter"
ANNOUNCE = "registrations.announce"
# The space of the ids of letters that exist once for a reason, such as the one reminder of a registration.
_ONCE = uuid.UUID("7c0a4a0e-6f0c-5d0c-9a51-3d1f1d1b1f57")


def once(reason: str) -> uuid.UUID:
    """The id of the one letter that is written for ``reason``: the primary key sees to it that there is no second."""
    return uuid.uuid5(_ONCE, reason)


@transaction.atomic(savepoint=False)
def queue_letter(
    *, registration: Registration, kind: LetterKind, at: datetime, context: dict[str, Any] | None = None
) -> Letter | None:
    """Write one letter to the guest and leave its sending to the worker; None for a guest without an address.

    ``context`` is plain JSON that the letter says beyond the registration (what changed, a reason); the rest is read when
    the letter is sent.
    """
    if not registration.email:
        return None
    letter = Letter.objects.create(
        registration=registration, kind=kind, to=registration.email, context=context or {}, created_at=at
    )
    enqueue(task=SEND, payload={"letter": str(letter.pk)}, at=at)
    return letter


@transaction.atomic
def queue_once(
    *, registrations: Iterable[Registration], kind: LetterKind, reason: str, context: dict[str, Any], at: datetime
) -> int:
    """Write a letter to each guest with an address who has none for ``reason`` yet. Returns how many were written.

    Five statements however many guests there are; to call it again for the same guests changes nothing.
    """
    ids = {once(f"{reason}:{row.pk}"): row for row in registrations if row.email}
    there = set(Letter.objects.filter(pk__in=ids).values_list("pk", flat=True))
    letters = [
        Letter(pk=pk, registration=row, kind=kind, to=row.email, context=context, created_at=at)
        for pk, row in ids.items()
        if pk not in there
    ]
    Letter.objects.bulk_create(letters)
    enqueue_many(task=SEND, payloads=[{"letter": str(letter.pk)} for letter in letters], at=at)
    return len(letters)


def announce(*, event: Event, kind: LetterKind, context: dict[str, Any], at: datetime) -> OutboxMessage:
    """Leave a letter of ``kind`` to every live registration of ``event`` for the worker to write."""
    return enqueue(task=ANNOUNCE, payload={"event": event.pk, "kind": kind, "context": context}, at=at)
