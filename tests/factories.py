"""Objects for tests, made through the services where a rule hangs on them."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from core.audit import SYSTEM
from delegations.enums import Role
from delegations.models import Delegation, Member, Theme, User
from desk import services as desk
from events import services as events
from events.enums import Status
from events.models import Event, Venue
from registrations import services as registrations
from registrations.enums import Source
from registrations.models import Registration

_numbers = itertools.count(1)
PASSWORD = "correct horse battery staple"


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(tz=UTC)


def delegation(**fields: Any) -> Delegation:
    number = next(_numbers)
    defaults = {
        "slug": f"office-{number}",
        "name": {"en": f"Office {number}", "fr": f"Bureau {number}"},
        "country": "FR",
        "languages": ["en", "fr"],
        "email": f"office-{number}@office.example",
    }
    return Delegation.objects.create(**{**defaults, **fields})


def user(**fields: Any) -> User:
    number = next(_numbers)
    defaults = {"email": f"colleague-{number}@office.example", "name": f"Colleague {number}"}
    return User.objects.create_user(password=PASSWORD, **{**defaults, **fields})


def member(role: str = Role.ORGANISER, of: Delegation | None = None, **fields: Any) -> User:
    """A user with a seat; ``user.seats`` leads to the delegation."""
    person = user(**fields)
    Member.objects.create(user=person, delegation=of or delegation(), role=role)
    return person


def theme(of: Delegation, slug: str = "mobility") -> Theme:
    return Theme.objects.create(delegation=of, slug=slug, label={"en": slug.capitalize()})


def venue(**fields: Any) -> Venue:
    defaults = {"name": "House of Regions", "street": "1 rue de l’Exemple", "postcode": "1040", "city": "Brussels"}
    return Venue.objects.create(**{**defaults, **fields})


def event(
    *,
    of: Delegation | None = None,
    places: int | None = 50,
    online: int | None = None,
    status: str = Status.PUBLISHED,
    **fields: Any,
) -> Event:
    """An event in the wanted status, in three weeks' time unless said otherwise; a published one has its door."""
    at = fields.pop("at", now())
    start = fields.pop("starts_at", at + timedelta(weeks=3))
    format = fields.get("format", "in_person")
    defaults: dict[str, Any] = {
        "title": {"en": f"Event {next(_numbers)}"},
        "languages": ["en"],
        "starts_at": start,
        "ends_at": fields.pop("ends_at", start + timedelta(hours=2)),
        "venue": venue() if format != "online" and "venue" not in fields else None,
    }
    made = events.create_event(
        delegation=of or delegation(),
        by=SYSTEM,
        at=at,
        places={"in_person": places, "online": online},
        **{**defaults, **fields},
    )
    return _in_status(made, status, at)


def _in_status(made: Event, status: str, at: datetime) -> Event:
    if status == Status.DRAFT:
        return made
    desk.publish_event(event=made, by=SYSTEM, at=min(at, made.starts_at - timedelta(days=1)))
    if status == Status.CANCELLED:
        desk.cancel_event(event=made, by=SYSTEM, at=at, reason="strike")
    if status == Status.CLOSED:
        desk.close_event(event=made, by=SYSTEM, at=made.ends_at + timedelta(hours=1))
    return made


def person(**fields: Any) -> registrations.Person:
    number = next(_numbers)
    defaults = {
        "given_name": "Ada",
        "family_name": f"Example-{number}",
        "email": f"guest-{number}@guests.example",
        "organisation": "City of Example",
        "country": "BE",
        "language": "en",
    }
    return registrations.Person(**{**defaults, **fields})


def registration(
    event: Event, *, at: datetime | None = None, mode: str = "", source: str = Source.STAFF, **fields: Any
) -> Registration:
    """A registration made through ``register``: confirmed while there is room, else waiting."""
    part = fields.pop("part", "attendee")
    letter = fields.pop("letter", True)
    return registrations.register(
        event=event,
        person=person(**fields),
        mode=mode or event.modes[0],
        source=source,
        by=SYSTEM,
        at=at or now(),
        part=part,
        letter=letter,
    )
