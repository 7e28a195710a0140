"""The organisers' use cases on an event: each does all that it means, at the door, in the waiting list, in the totals."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from checkin.services import open_door
from core.audit import Actor
from delegations.models import Theme
from desk.selectors.home import present_count
from events import services as events
from events.enums import Status
from events.models import Event
from registrations.enums import LetterKind
from registrations.services import announce, resize_pool
from totals.models import Statement
from totals.services import freeze_statement

# A change of one of these is told to the guests, in one letter that says what changed.
TOLD_FIELDS = ("starts_at", "ends_at", "timezone", "venue", "room", "online_url", "format")


# A draft means nothing to anybody yet, so making one is the events app's own verb.
create_event = events.create_event


@transaction.atomic
def change_event(
    *,
    event: Event,
    by: Actor,
    at: datetime,
    places: Mapping[str, int | None] | None = None,
    themes: Iterable[Theme] | None = None,
    **fields: Any,
) -> Event:
    """Change an event. More places go to those who wait at once; a new time or place is told to the guests.

    Raises events.services.WrongStatus, registrations.services.PoolTooSmall; then nothing has changed.
    """
    before = events.update_event(event=event, by=by, at=at, themes=themes, **fields)
    for mode in event.modes:
        if places is not None and mode in places:
            resize_pool(event=event, mode=mode, size=places[mode], by=by, at=at)
    told = {name: before[name] for name in TOLD_FIELDS if name in before}
    if told and event.status == Status.PUBLISHED:
        announce(event=event, kind=LetterKind.EVENT_CHANGED, context={"before": _as_json(told)}, at=at)
    return event


def _as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


@transaction.atomic
def publish_event(*, event: Event, by: Actor, at: datetime) -> Event:
    """Open the event to its guests; it gets its door. Raises events.services.WrongStatus, NotPublishable."""
    events.publish_event(event=event, by=by, at=at)
    open_door(event=event, by=by, at=at)
    return event


@transaction.atomic
def cancel_event(*, event: Event, by: Actor, at: datetime, reason: str) -> Event:
    """Call the event off; everybody who is registered is told why. Raises events.services.WrongStatus."""
    events.cancel_event(event=event, by=by, at=at, reason=reason)
    announce(event=event, kind=LetterKind.EVENT_CANCELLED, context={"reason": reason}, at=at)
    return event


@transaction.atomic
def close_event(*, event: Event, by: Actor, at: datetime) -> Statement:
    """Close the books: the event's counts freeze into a statement. Raises events.services.WrongStatus.

    An event that ended earlier than planned can be closed as soon as somebody was there.
    """
    events.close_event(event=event, by=by, at=at, held=present_count(event) > 0)
    return freeze_statement(event=event, by=by, at=at)
