"""Finished event pages, kept in the memory of each web process.

A page is kept under a fingerprint of what it is made of, so a change shows at once and nothing has to be thrown away;
it needs no Redis. What is not in the fingerprint (the labels of themes, the names of co-hosts) may be a minute old.
"""

import hashlib
from datetime import datetime

from django.core.cache.backends.locmem import LocMemCache
from django.db import models

from core.translated import TranslatedText
from events.models import Event
from events.selectors import entry

SECONDS = 60
_pages = LocMemCache("event-pages", {"TIMEOUT": SECONDS, "OPTIONS": {"MAX_ENTRIES": 400}})


def fingerprint(event: Event, language: str, at: datetime) -> str:
    """A key that changes whenever the page of ``event`` in ``language`` does: the rows it shows and how it stands at ``at``."""
    rows: list[models.Model | None] = [event, event.delegation, event.venue, event.room, *event.pools.all()]
    content = repr([language, entry(event, at).value, [_values(row) for row in rows if row]])
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


def _values(row: models.Model) -> list[object]:
    values = (row.__dict__.get(field.attname) for field in row._meta.concrete_fields)
    return [dict(value) if isinstance(value, TranslatedText) else value for value in values]


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
