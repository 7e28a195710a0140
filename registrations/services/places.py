"""Handing out places: the one way in which a pool's ``taken`` ever moves.

The guard is the conditional UPDATE in ``take_place`` under the check constraint ``pool_never_oversold``; it is exact at
any concurrency on PostgreSQL and SQLite. While somebody waits the pool is full, because a freed place is given on
in the transaction that frees it (``waiting_list.fill``); so a newcomer can never pass the queue.

Order of locks, everywhere: the pool's row first, then registrations; ``register`` alone inserts its row before
it takes the pool as its last statement, which nobody else can be waiting for.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from core import audit
from core.audit import Actor
from core.prepared import Prepared
from events.models import Event, Pool
from registrations.services import waiting_list
from registrations.services.errors import RegistrationError


class PoolFull(RegistrationError):
    """No place is left in the pool."""


class PoolTooSmall(RegistrationError):
    """More places are taken than the new size has."""


_ROOM = Q(size__isnull=True) | Q(taken__lt=F("size"))
_roomy = Prepared(lambda modes, event: Pool.objects.filter(_ROOM, event=event, mode__in=modes).only("pk"))


def take_place(event_id: int, mode: str) -> None:
    """Take one place of the pool; the last statement of its transaction, so that its lock is held the shortest.

    Raises PoolFull.
    """
    if not Pool.objects.filter(_ROOM, event_id=event_id, mode=mode).update(taken=F("taken") + 1):
        raise PoolFull(_("There is no place left."))


def has_room(event_id: int, mode: str) -> bool:
    """An unlocked look: worth a try or not. Only ``take_place`` decides."""
    return bool(_roomy([mode], event_id))


def lock_pool(event_id: int, mode: str) -> Pool:
    """The pool's row, locked until the end of the transaction."""
    return Pool.objects.select_for_update().get(event_id=event_id, mode=mode)


def free_place(pool: Pool) -> None:
    """Give one place back to a pool that the caller has locked; call ``waiting_list.fill`` in the same transaction."""
    Pool.objects.filter(pk=pool.pk, taken__gt=0).update(taken=F("taken") - 1)
    pool.refresh_from_db(fields=["taken"])


@transaction.atomic
def resize_pool(*, event: Event, mode: str, size: int | None, by: Actor, at: datetime) -> Pool:
    """Set the number of places (None: no limit). Growth goes to the waiting list at once. Raises PoolTooSmall."""
    pool = lock_pool(event.pk, mode)
    if pool.size == size:
        return pool
    if size is not None and pool.taken > size:
        raise PoolTooSmall(
            _("%(taken)s places are taken already. Cancel registrations first, or allow at least %(taken)s.")
            % {"taken": pool.taken}
        )
    before, pool.size = pool.size, size
    pool.save(update_fields=["size"])
    audit.record(
        by=by,
        at=at,
        action="event.places_changed",
        subject=event,
        scope=event.delegation.slug,
        before={mode: before},
        after={mode: size},
    )
    waiting_list.fill(event=event, pool=pool, at=at)
    return pool
