"""From the event form to the services: all that one press of "Save" means, in one transaction."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from core.audit import Actor
from delegations.models import Delegation, Theme
from delegations.services import add_theme
from desk import services
from desk.forms.event import EventForm
from desk.forms.fields import wall_clock
from desk.forms.texts import TEXTS, spread
from desk.selectors.events import free_evening, letters_to_send, usual_venue
from events.enums import MODES, Format, Kind, Mode, Status, Visibility
from events.models import Event
from events.selectors import pools_of
from events.services import add_venue
from registrations.services import PoolTooSmall


def blank(delegation: Delegation, at: datetime) -> dict[str, Any]:
    """What a new event's form starts with."""
    starts, ends = free_evening(delegation, at)
    return {
        "kind": Kind.CONFERENCE,
        "languages": delegation.languages or ["en"],
        "starts_at": starts,
        "ends_at": ends,
        "timezone": delegation.time_zone,
        "format": Format.IN_PERSON,
        "venue": usual_venue(delegation),
        "venue_country": "BE",
        "visibility": Visibility.PUBLIC,
        "waiting_list": True,
        "counts": True,
    }


def as_typed(event: Event) -> dict[str, Any]:
    """The event as the form shows it."""
    zone = event.timezone
    plain = (
        "kind",
        "languages",
        "timezone",
        "format",
        "online_url",
        "visibility",
        "waiting_list",
        "approval",
        "counts",
    )
    moments = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")
    pools = pools_of(event)
    values: dict[str, Any] = {name: getattr(event, name) for name in (*plain, "counts_reason", "venue", "room")}
    values.update({name: wall_clock(getattr(event, name), zone) for name in moments})
    values.update({f"places_{mode}": pool.size for mode, pool in pools.items()})
    values.update(themes=list(event.themes.all()), has_cover=bool(event.cover), venue_country="BE")
    for name in TEXTS:
        values.update(spread(name, getattr(event, name)))
    return values


def told_change(event: Event, form: EventForm) -> str:
    """A mark of what the guests will be told of when the form is saved; empty when nothing is.

    The mark goes into the page that warns, so that only what was warned of is saved without another warning.
    """
    if event.status != Status.PUBLISHED:
        return ""
    fields = form.event_fields()
    changed = [f"{name}={fields[name]!s}" for name in services.TOLD_FIELDS if fields[name] != getattr(event, name)]
    if form.new_venue():
        changed.append(f"venue={form.new_venue()}")
    if not changed or not letters_to_send(event):
        return ""
    return hashlib.sha256("\n".join(changed).encode()).hexdigest()[:16]


@transaction.atomic
def save_new(*, form: EventForm, delegation: Delegation, by: Actor, at: datetime) -> Event:
    """Make the draft that the form describes, with its new building and theme."""
    fields = _fields(form, delegation, by, at)
    themes = _themes(form, delegation, by, at)
    return services.create_event(delegation=delegation, by=by, at=at, places=form.places(), themes=themes, **fields)


def save_changes(*, form: EventForm, event: Event, by: Actor, at: datetime) -> bool:
    """Save the form; False with the form's errors filled when there are fewer places than are taken.

    Raises events.services.WrongStatus when the event has ended meanwhile.
    """
    old_cover = event.cover.name
    try:
        with transaction.atomic():
            fields = _fields(form, event.delegation, by, at)
            themes = _themes(form, event.delegation, by, at)
            services.change_event(event=event, by=by, at=at, places=form.places(), themes=themes, **fields)
            if "cover" in fields and old_cover:
                transaction.on_commit(lambda: event.cover.storage.delete(old_cover))
    except PoolTooSmall as error:
        form.add_error(_small_pool(form, event), error.message)
        return False
    return True


def _small_pool(form: EventForm, event: Event) -> str | None:
    taken = {mode: pool.taken for mode, pool in pools_of(event).items()}
    small = [mode for mode, size in form.places().items() if size is not None and taken.get(mode, 0) > size]
    return f"places_{small[0]}" if small else None


def _fields(form: EventForm, delegation: Delegation, by: Actor, at: datetime) -> dict[str, Any]:
    fields, parts = form.event_fields(), form.new_venue()
    if parts:
        fields["venue"] = add_venue(delegation=delegation, by=by, at=at, **parts)
    return fields


def _themes(form: EventForm, delegation: Delegation, by: Actor, at: datetime) -> list[Theme]:
    themes = list(form.cleaned_data["themes"])
    label = form.cleaned_data["new_theme"]
    if label:
        language = (get_language() or "en").split("-")[0]
        new = add_theme(delegation=delegation, label=label, language=language, by=by, at=at)
        themes = [*themes, *([new] if new not in themes else [])]
    return themes


def crowds_the_room(event: Event) -> bool:
    """Whether more places are offered in person than the chosen room seats."""
    pool = pools_of(event).get(Mode.IN_PERSON)
    if event.room is None or pool is None or Mode.IN_PERSON not in MODES[event.format]:
        return False
    return pool.size is None or pool.size > event.room.capacity
