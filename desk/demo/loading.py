"""Loads the demo into an empty database."""

import itertools
import json
import uuid
import zoneinfo
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from checkin.services import Reading, record_scans
from core.audit import Actor
from delegations.enums import Role
from delegations.models import Delegation, Member, User
from desk import services
from desk.demo.guests import invented
from events.enums import Status
from events.models import CoHost, Event, Room, Venue
from registrations.enums import Source
from registrations.models import Registration
from registrations.services import Person, register
from totals.services import add_activity, set_opening_balance

SIGN_INS_PASSWORD = "nine-rue-guimard"  # noqa: S105 - open to everybody, and only the demo has such accounts
_ZONE = zoneinfo.ZoneInfo("Europe/Brussels")
_FOLDER = Path(__file__).parent


def is_empty() -> bool:
    """Whether nothing is there yet that the demo would mix with."""
    return not Delegation.objects.exists() and not User.objects.exists()


def sign_ins() -> list[tuple[str, str]]:
    """(address, role) of the demo's accounts that exist."""
    seats = Member.objects.filter(user__email__endswith="@demo.example").select_related("user").order_by("pk")
    return [(seat.user.email, seat.role) for seat in seats]


@transaction.atomic
def load(at: datetime) -> None:
    """Load the demo as if the office had worked up to ``at``. Call it on an empty database only."""
    house = json.loads((_FOLDER / "house.json").read_text())
    house["delegation"]["opened_on"] = date.fromisoformat(house["delegation"]["opened_on"])
    delegation, neighbour = (Delegation.objects.create(**house[name]) for name in ("delegation", "neighbour"))
    _vocabularies(delegation, house)
    _members(delegation, house["members"])
    by = Actor.of(User.objects.get(email="organiser@demo.example"))
    rooms = _venue(house["venue"])
    _opening_balances(delegation, house["opening_balances"], by, at)
    _activities(delegation, house["activities"], by, at)
    people = invented()
    for plan in json.loads((_FOLDER / "events.json").read_text()):
        _event(delegation, neighbour, plan, rooms, people, by, at)


def _vocabularies(delegation: Delegation, house: dict[str, Any]) -> None:
    for vocabulary in ("networks", "partnerships", "missions", "themes"):
        for position, (slug, label) in enumerate(house[vocabulary]):
            getattr(delegation, vocabulary).create(slug=slug, label=label, position=position)


def _members(delegation: Delegation, members: list[list[str]]) -> None:
    for email, name, role, language in members:
        user = User.objects.create_user(email, SIGN_INS_PASSWORD, name=name, language=language)
        Member.objects.create(delegation=delegation, user=user, role=Role(role))


def _venue(house: dict[str, Any]) -> dict[str, Room]:
    rooms = house.pop("rooms")
    venue = Venue.objects.create(**house)
    return {name: Room.objects.create(venue=venue, name=name, capacity=capacity) for name, capacity in rooms}


def _opening_balances(delegation: Delegation, balances: dict[str, Any], by: Actor, at: datetime) -> None:
    for figure, (value, wording) in balances["figures"].items():
        set_opening_balance(
            delegation=delegation,
            figure=figure,
            value=value,
            wording=wording,
            as_of=date.fromisoformat(balances["as_of"]),
            since=balances["since"],
            source=balances["source"],
            by=by,
            at=at,
        )


def _activities(delegation: Delegation, rows: list[list[Any]], by: Actor, at: datetime) -> None:
    networks = {network.slug: network for network in delegation.networks.all()}
    themes = {theme.slug: theme for theme in delegation.themes.all()}
    for kind, days, title, counterpart, place, network, theme in rows:
        add_activity(
            delegation=delegation,
            kind=kind,
            held_on=(at + timedelta(days=days)).date(),
            title=title,
            counterpart=counterpart,
            place=place,
            network=networks.get(network),
            theme=themes.get(theme),
            by=by,
            at=at,
        )


def _event(
    delegation: Delegation,
    neighbour: Delegation,
    plan: dict[str, Any],
    rooms: dict[str, Room],
    people: Iterator[Person],
    by: Actor,
    at: datetime,
) -> None:
    start = _working_day(at.astimezone(_ZONE) + timedelta(days=plan["days"])).replace(
        hour=plan["hour"], minute=0, second=0, microsecond=0
    )
    announced = min(at, start - timedelta(days=35)) - timedelta(days=4)
    room = rooms[plan["room"]]
    event = services.create_event(
        delegation=delegation,
        by=by,
        at=announced,
        places=plan["places"],
        themes=delegation.themes.filter(slug__in=plan["themes"]),
        starts_at=start,
        ends_at=start + timedelta(minutes=plan["minutes"]),
        venue=room.venue,
        room=room,
        online_url=plan.get("online_url", ""),
        counts_reason="European conference held in Brussels",
        **{name: plan[name] for name in ("slug", "kind", "format", "languages", "title", "summary", "description")},
    )
    services.publish_event(event=event, by=by, at=announced + timedelta(hours=2))
    if plan.get("co_host"):
        CoHost.objects.create(event=event, delegation=neighbour, sees_guests=True, opens_door=True)
    guests = _guests(event, plan, people, by, announced)
    _arrivals(event, guests[: plan["arrived"]])
    if plan["closed"]:
        services.close_event(event=event, by=by, at=event.ends_at + timedelta(days=1))


def _working_day(day: datetime) -> datetime:
    """The day itself, or the Thursday before a weekend: the office does not receive on Saturdays and Sundays."""
    return day - timedelta(days=day.weekday() - 3) if day.weekday() > 4 else day


def _guests(
    event: Event, plan: dict[str, Any], people: Iterator[Person], by: Actor, announced: datetime
) -> list[Registration]:
    rows = []
    for number, person in enumerate(itertools.islice(people, plan["registered"])):
        rows.append(
            register(
                event=event,
                person=person,
                mode=event.modes[-1] if number % 4 == 3 else event.modes[0],
                source=Source.STAFF,
                by=by,
                at=announced + timedelta(hours=3 + number * 5),
                letter=False,
            )
        )
    return [row for row in rows if row.status == "confirmed"]


def _arrivals(event: Event, guests: list[Registration]) -> None:
    if not guests or event.status != Status.PUBLISHED:
        return
    door = event.checkpoints.select_related("event__delegation").earliest("pk")
    start = event.starts_at - timedelta(minutes=25)
    user = User.objects.get(email="door@demo.example")
    for number, guest in enumerate(guests):
        moment = start + timedelta(seconds=number * 40)
        reading = Reading(id=uuid.uuid5(uuid.NAMESPACE_OID, guest.badge_code), code=guest.badge_code, scanned_at=moment)
        record_scans(checkpoint=door, readings=[reading], by=user, at=moment)
