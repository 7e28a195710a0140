"""The questions of the door, and the only way to a checkpoint for a person."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from checkin.enums import Outcome
from checkin.models import Attendance, Checkpoint, Scan
from core.prepared import Prepared
from delegations.enums import Permission
from events.enums import Status
from events.models import Event
from events.selectors import events_for
from registrations.enums import State
from registrations.models import Registration

SHORTEST_NAME = 2
MOST_FOUND = 20
LATEST = 20
MOMENTS = ("today", "coming", "past")
# Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody found by name: no more of the registration than the door may see; ``first_seen_at`` is UTC or None."""

    registration: int
    given_name: str
    family_name: str
    organisation: str
    status: str
    inside: bool
    first_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are in, and how many confirmed guests are expected."""

    present: int
    expected: int


def checkpoints_for(user: Any) -> QuerySet[Checkpoint]:
    """The checkpoints at which ``user`` may check people in, with their events; drafts have none."""
    allowed = events_for(user, Permission.CHECK_IN).exclude(status=Status.DRAFT).values("pk")
    return Checkpoint.objects.filter(event__in=allowed).select_related("event__delegation", "event__venue")


def checkpoint_for(user: Any, pk: int) -> Checkpoint:
    """The checkpoint ``pk`` with its event, for a user who may check people in there; else Checkpoint.DoesNotExist."""
    return checkpoints_for(user).get(pk=pk)


def lean_checkpoint_for(user: Any, pk: int) -> Checkpoint:
    """As ``checkpoint_for``, with no more of the event than its state: for the scans, which come in bursts."""
    found = _lean([pk], user.pk)
    if not found:
        raise Checkpoint.DoesNotExist
    door = found[0]
    door.event = Event.from_db(door._state.db, ["id", "status"], [door.event_id, door.__dict__.pop("event_state")])
    return door


def _state_only(pks: list[int], user: int) -> QuerySet[Checkpoint, Any]:
    rows = checkpoints_for(user).select_related(None).filter(pk__in=pks)
    return rows.values("id", "event_id", "opens_at", "closes_at", event_state=F("event__status"))


_lean = Prepared(_state_only)


def open_checkpoints(user: Any, at: datetime) -> list[Checkpoint]:
    """The checkpoints of published events for ``user``: today's first, then the coming ones, then the past, latest first."""

    def order(checkpoint: Checkpoint) -> tuple[int, float]:
        moment, start = moment_of(checkpoint.event, at), checkpoint.event.starts_at.timestamp()
        return MOMENTS.index(moment), -start if moment == "past" else start

    return sorted(checkpoints_for(user).filter(event__status=Status.PUBLISHED), key=order)


def moment_of(event: Event, at: datetime) -> str:
    """Whether ``at`` is ``today`` for the event (by its own calendar), or the event is ``coming`` or ``past``."""
    today = at.astimezone(event.zone).date()
    if event.local_start.date() <= today <= event.local_end.date():
        return "today"
    return "past" if event.ends_at < at else "coming"


def tally(event: Event) -> Tally:
    """The live count of the event's door."""
    return Tally(present_count(event), Registration.objects.confirmed().filter(event=event).count())


def present_count(event: Event) -> int:
    """How many persons are in at any checkpoint of the event, each once."""
    rows = Attendance.objects.filter(checkpoint__event=event, inside=True)
    number: int = rows.aggregate(number=Count("registration", distinct=True))["number"]
    return number


def arrivals(event: Event) -> dict[int, datetime]:
    """When each person who came was first seen (UTC), by registration id."""
    rows = Attendance.objects.filter(checkpoint__event=event).values_list("registration")
    return dict(rows.annotate(first=Min("first_seen_at")).order_by())


def latest_scans(checkpoint: Checkpoint) -> list[Scan]:
    """The latest readings here, newest first, each with its guest and, where it was taken back, ``undone_by``."""
    rows = Scan.objects.filter(checkpoint=checkpoint).exclude(outcome=Outcome.UNDONE)
    return list(rows.select_related("registration", "undone_by").order_by("-received_at", "-scanned_at")[:LATEST])


def scan_at(checkpoint: Checkpoint, pk: UUID) -> Scan:
    """The scan ``pk`` of this checkpoint with its guest; else Scan.DoesNotExist."""
    return Scan.objects.select_related("registration", "undone_by").get(pk=pk, checkpoint=checkpoint)


def find_guests(user: Any, checkpoint: Checkpoint, text: str) -> list[Found]:
    """The guests of the checkpoint's event whose name or organisation holds each word of ``text``, best first.

    From two letters on; accents and case don't matter, since nobody types "Łódź" at the door. Empty for a user who may
    not check people in there.
    """
    words = plain(text).split()
    if sum(map(len, words)) < SHORTEST_NAME:
        return []
    allowed = events_for(user, Permission.CHECK_IN).filter(pk=checkpoint.event_id).values("pk")
    # An event has some hundred guests, and no database folds accents alike, so the names are compared here.
    fields = ("pk", "given_name", "family_name", "organisation", "status")
    rows = Registration.objects.filter(event__in=allowed).values_list(*fields)
    ranked = sorted(
        (rank, plain(row[2]), plain(row[1]), row) for row in rows if (rank := _rank(words, row)) is not None
    )
    return _with_presence(checkpoint, [row for *_key, row in ranked[:MOST_FOUND]])


def plain(text: str) -> str:
    """``text`` in lower case without accents, to compare names by."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter))


def _rank(words: list[str], row: tuple[Any, ...]) -> tuple[bool, int] | None:
    """Confirmed guests first, then by how many words begin a name; None where a word is nowhere in it."""
    name, organisation = plain(f"{row[1]} {row[2]}"), plain(row[3])
    if not all(word in name or word in organisation for word in words):
        return None
    beginnings = sum(any(part.startswith(word) for part in name.replace("-", " ").split()) for word in words)
    return row[4] != State.CONFIRMED, -beginnings


def _with_presence(checkpoint: Checkpoint, rows: list[tuple[Any, ...]]) -> list[Found]:
    here = Q(checkpoint=checkpoint, registration__in=[row[0] for row in rows])
    seen = {
        key: (inside, first)
        for key, inside, first in Attendance.objects.filter(here).values_list("registration", "inside", "first_seen_at")
    }
    return [Found(*row, *seen.get(row[0], (False, None))) for row in rows]
