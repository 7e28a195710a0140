"""From the evidence of one event to its counts.

The rules are those of the trade: a participant is a person once per event, on evidence of presence (ABC reporting
standards for business events; UFI rules); staff and interpreters never count, speakers stand on a line of their own;
entries (Code de commerce A762-1, NF ISO 25639-1) are another number and never called participants.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from checkin.enums import Method
from checkin.models import Attendance
from events.enums import Mode
from events.models import Event
from registrations.enums import Part, Source, State
from registrations.models import Registration

# From the firmest evidence to the weakest; somebody who was seen twice counts under the firmer one.
EVIDENCE = [Method.SCAN, Method.SIGNATURE, Method.LIST, Method.PLATFORM, Method.DOOR_COUNT, Method.ESTIMATE]


class Guest(NamedTuple):
    """What counting needs to know of a registration."""

    pk: int
    email_key: str
    status: str
    part: str
    source: str
    mode: str
    country: str

    @property
    def person(self) -> str:
        """The same for two registrations of one address (cancelled, then registered again): one person, counted once."""
        return self.email_key or f"#{self.pk}"


class Presence(NamedTuple):
    """What counting needs to know of an attendance."""

    registration_id: int
    mode: str
    method: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one event; the names are those of the statement, where each is explained."""

    registered: int
    confirmed: int
    participants: int
    speakers: int
    present_in_person: int
    present_online: int
    walk_ins: int
    no_shows: int
    entries: int
    by_method: dict[str, int]
    by_country: dict[str, int]


@dataclass(slots=True)
class _Seen:
    """One person who was there: country and walk-in by their registration, mode and method by their best evidence."""

    country: str
    walk_in: bool
    mode: str
    method: str

    def add(self, presence: Presence) -> None:
        if presence.mode == Mode.IN_PERSON:
            self.mode = Mode.IN_PERSON
        self.method = min(self.method, presence.method, key=_firmness)


def _firmness(method: str) -> int:
    return EVIDENCE.index(Method(method))


def counts_of(event: Event) -> Counts:
    """The counts of ``event`` as its evidence stands now, in two queries however many guests there are."""
    guests = Registration.objects.filter(event=event).values_list(*Guest._fields).order_by("pk")
    presences = Attendance.objects.filter(checkpoint__event=event).values_list(*Presence._fields).order_by("pk")
    return count((Guest(*row) for row in guests), [Presence(*row) for row in presences])


def count(guests: Iterable[Guest], presences: Iterable[Presence]) -> Counts:
    """Count people from registrations and attendances of one event; who was not registered for it is left out."""
    everybody = {guest.pk: guest for guest in guests}
    attendees = {pk: guest for pk, guest in everybody.items() if guest.part == Part.ATTENDEE}
    entries = [presence for presence in presences if presence.registration_id in everybody]
    seen = _seen(attendees, entries)
    modes = Counter(person.mode for person in seen.values())
    return Counts(
        registered=len({guest.person for guest in attendees.values()}),
        confirmed=len({guest.person for guest in attendees.values() if guest.status == State.CONFIRMED}),
        participants=len(seen),
        speakers=len(_speakers(everybody, entries)),
        present_in_person=modes[Mode.IN_PERSON],
        present_online=modes[Mode.ONLINE],
        walk_ins=sum(person.walk_in for person in seen.values()),
        no_shows=len(_missing(attendees, seen)),
        entries=sum(presence.registration_id in attendees for presence in entries),
        by_method=dict(sorted(Counter(person.method for person in seen.values()).items())),
        by_country=dict(sorted(Counter(person.country for person in seen.values()).items())),
    )


def _seen(attendees: dict[int, Guest], presences: Iterable[Presence]) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = {}
    for presence in presences:
        guest = attendees.get(presence.registration_id)
        if guest is None:
            continue
        walk_in = guest.source == Source.WALK_IN
        new = _Seen(guest.country, walk_in, presence.mode, presence.method)
        seen.setdefault(guest.person, new).add(presence)
    return seen


def _speakers(everybody: dict[int, Guest], presences: Iterable[Presence]) -> set[str]:
    guests = (everybody[presence.registration_id] for presence in presences)
    return {guest.person for guest in guests if guest.part == Part.SPEAKER}


def _missing(attendees: dict[int, Guest], seen: dict[str, _Seen]) -> set[str]:
    """The confirmed who were not there. Without any online evidence nobody can say who was missing online."""
    modes = {Mode.IN_PERSON, *(person.mode for person in seen.values())}
    due = (guest for guest in attendees.values() if guest.status == State.CONFIRMED and guest.mode in modes)
    return {guest.person for guest in due} - set(seen)
