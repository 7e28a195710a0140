"""Finished event pages, kept in the memory of each web process.

A page is kept under a fingerprint of what it is made of, so a change shows at once and nothing has to be thrown away;
it needs no Redis. What is not in the fingerprint (the labels of themes, the names of co-hosts) may be a minute old.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.db.models import QuerySet

from events.models import Event
from events.selectors import published_events

SECONDS = 60
_pages = LocMemCache("event-pages", {"TIMEOUT": SECONDS, "OPTIONS": {"MAX_ENTRIES": 400}})

_TIMES = ["registration_opens_at", "registration_closes_at", "starts_at", "ends_at"]
# Every service that changes an event sets updated_at; what the page shows of other rows is named one by one.
_SHOWN = [
    "updated_at",
    "delegation__name",
    "delegation__email",
    "delegation__website",
    "venue__name",
    "venue__street",
    "venue__postcode",
    "venue__city",
    "venue__access",
    "room__name",
]
_POOLS = ["pools__mode", "pools__size", "pools__taken"]


def fingerprint(slug: str, language: str, at: datetime) -> str:
    """A key that changes whenever the page of the event in ``language`` does; one query.

    Raises Event.DoesNotExist where there is no page.
    """
    rows = list(_stamps().filter(slug=slug))
    if not rows:
        raise Event.DoesNotExist
    times, shown = rows[0][: len(_TIMES)], rows[0][len(_TIMES) : -len(_POOLS)]
    passed = [moment is not None and moment <= at for moment in times]
    content = repr((slug, language, passed, shown, _room([row[-len(_POOLS) :] for row in rows])))
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


@cache
def _stamps() -> QuerySet[Event, tuple[Any, ...]]:
    """Made once: to build the query takes longer than to run it."""
    return published_events().order_by("pools__mode").values_list(*_TIMES, *_SHOWN, *_POOLS)


def _room(pools: Iterable[tuple[str, int | None, int]]) -> list[object]:
    """What the page says of places: which pools are full, and whether few are left; a registration more changes nothing."""
    limited = [(mode, size, taken) for mode, size, taken in pools if size is not None]
    few = 10 * sum(size - taken for _mode, size, taken in limited) <= sum(size for _mode, size, _taken in limited)
    return [few, *((mode, taken >= size) for mode, size, taken in limited)]


def kept(key: str) -> bytes | None:
    """The page under ``key``, if this process has it."""
    page: bytes | None = _pages.get(key)
    return page


def keep(key: str, page: bytes) -> None:
    """Keep ``page`` for SECONDS."""
    _pages.set(key, page)


def forget_all() -> None:
    """Empty the memory of this process; for tests, in which one slug stands for many events."""
    _pages.clear()
