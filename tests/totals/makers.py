"""What the tests of the totals are made of: guests who came, activities, opening balances."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from checkin.enums import Method
from checkin.models import Attendance
from checkin.readings import Reading
from checkin.services import record_scans
from core.audit import SYSTEM
from delegations.models import Delegation
from desk import services as desk
from events.models import Event
from registrations.models import Registration
from tests import factories
from totals import services
from totals.enums import ActivityKind, Figure
from totals.models import Activity, OpeningBalance, Statement

# The day on which the published numbers of the model office were counted, and what they were.
PUBLISHED_ON = date(2023, 11, 28)
PUBLISHED = {
    Figure.PARTICIPANTS: 1520,
    Figure.STAKEHOLDER_MEETINGS: 350,
    Figure.SPEAKING_ENGAGEMENTS: 110,
    Figure.WORKING_GROUPS: 340,
    Figure.DIGNITARY_VISITS: 35,
    Figure.METROPOLE_MEETINGS: 160,
}


def held(day: date, of: Delegation | None = None, **fields: Any) -> Event:
    """A published event from 14:00 to 17:00 UTC of ``day``."""
    start = datetime(day.year, day.month, day.day, 14, tzinfo=UTC)
    end = start + timedelta(hours=3)
    return factories.event(of=of, starts_at=start, ends_at=end, at=start - timedelta(days=30), **fields)


def guest(event: Event, **fields: Any) -> Registration:
    """Somebody registered a week before the event."""
    return factories.registration(event, at=event.starts_at - timedelta(days=7), letter=False, **fields)


def came(registration: Registration) -> Registration:
    """Their badge was scanned at the door."""
    event = registration.event
    at = event.starts_at + timedelta(minutes=5)
    reading = Reading(id=uuid.uuid4(), code=registration.badge_code, scanned_at=at)
    (verdict,) = record_scans(checkpoint=event.checkpoints.get(), readings=[reading], by=None, at=at)
    assert verdict.outcome == "admitted"
    return registration


def seen(registration: Registration, *, mode: str = "in_person", method: str = Method.LIST) -> Registration:
    """Present on other evidence than a scan."""
    event = registration.event
    Attendance.objects.create(
        registration=registration,
        checkpoint=event.checkpoints.first(),
        first_seen_at=event.starts_at,
        last_seen_at=event.starts_at,
        mode=mode,
        method=method,
    )
    return registration


def closed(event: Event) -> Statement:
    return desk.close_event(event=event, by=SYSTEM, at=event.ends_at + timedelta(hours=1))


def event_with(people: int, day: date, of: Delegation, **fields: Any) -> Statement:
    """The statement of an event to which ``people`` came."""
    event = held(day, of=of, **fields)
    for _number in range(people):
        came(guest(event))
    return closed(event)


def activity(of: Delegation, day: date, kind: str = ActivityKind.STAKEHOLDER_MEETING, **fields: Any) -> Activity:
    fields.setdefault("title", "Talk about clean air")
    return services.add_activity(delegation=of, by=SYSTEM, at=factories.now(), kind=kind, held_on=day, **fields)


def balance(
    of: Delegation, value: int, as_of: date, figure: str = Figure.PARTICIPANTS, **fields: Any
) -> OpeningBalance:
    fields.setdefault("source", "Annual report")
    return services.set_opening_balance(
        delegation=of, figure=figure, value=value, as_of=as_of, by=SYSTEM, at=factories.now(), **fields
    )


def published_office(**fields: Any) -> Delegation:
    """An office with the six published figures of 28 November 2023."""
    office = factories.delegation(opened_on=date(2017, 9, 1), **fields)
    for figure, value in PUBLISHED.items():
        balance(
            office,
            value,
            PUBLISHED_ON,
            figure,
            since={"en": "late 2017", "fr": "fin 2017"},
            source="News of 28 November 2023",
        )
    return office
