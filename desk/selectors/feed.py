"""The latest changes of an office, as sentences."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from core.models import AuditEntry
from delegations.models import Delegation
from events.models import Event
from registrations.models import Registration

_READ = 60
_SHOWN = 8

# Sentences by action. The subject of an action on a registration is a person, whom a feed does not name: it counts them.
_EVENT_WORDS = {
    "event.created": gettext_lazy("%(who)s drafted %(event)s"),
    "event.changed": gettext_lazy("%(who)s changed %(event)s"),
    "event.places_changed": gettext_lazy("%(who)s changed the places of %(event)s"),
    "event.published": gettext_lazy("%(who)s published %(event)s"),
    "event.cancelled": gettext_lazy("%(who)s cancelled %(event)s"),
    "event.closed": gettext_lazy("%(who)s closed %(event)s"),
}
_GUEST_WORDS = {
    "registration.made": ngettext_lazy(
        "%(number)s registration for %(event)s", "%(number)s registrations for %(event)s", "number"
    ),
    "registration.promoted": ngettext_lazy(
        "%(number)s guest of %(event)s moved up from the waiting list",
        "%(number)s guests of %(event)s moved up from the waiting list",
        "number",
    ),
    "registration.approved": ngettext_lazy(
        "%(who)s approved %(number)s guest of %(event)s", "%(who)s approved %(number)s guests of %(event)s", "number"
    ),
    "registration.declined": ngettext_lazy(
        "%(who)s declined %(number)s guest of %(event)s", "%(who)s declined %(number)s guests of %(event)s", "number"
    ),
    "registration.cancelled": ngettext_lazy(
        "%(number)s registration for %(event)s cancelled", "%(number)s registrations for %(event)s cancelled", "number"
    ),
}
# Those of them whose sentence says who did it.
_NAMING = frozenset({"registration.approved", "registration.declined"})


@dataclass(frozen=True, slots=True)
class News:
    """A line of the feed; several equal changes in a row are one line. ``at`` is the latest of them."""

    at: datetime
    sentence: str
    event: Event


def latest_news(delegation: Delegation, events: QuerySet[Event]) -> list[News]:
    """What changed lately on those of ``events`` that the delegation's log tells of, newest first; in three queries."""
    actions = [*_EVENT_WORDS, *_GUEST_WORDS]
    entries = list(AuditEntry.objects.filter(scope=delegation.slug, action__in=actions).order_by("-at", "-pk")[:_READ])
    known = _events_of(entries, events)
    told = [(entry, event) for entry in entries if (event := known.get((entry.subject_type, entry.subject_id)))]
    runs = groupby(told, key=lambda pair: (pair[0].action, _voice(pair[0]), pair[1].pk))
    return [_line(list(run)) for _key, run in runs][:_SHOWN]


def _events_of(entries: list[AuditEntry], events: QuerySet[Event]) -> dict[tuple[str, str], Event]:
    """The event behind each entry's subject."""
    guests = [entry.subject_id for entry in entries if entry.subject_type == "registration"]
    event_of = dict(Registration.objects.filter(pk__in=guests).values_list("pk", "event_id"))
    own = [int(entry.subject_id) for entry in entries if entry.subject_type == "event"]
    found = {event.pk: event for event in events.filter(pk__in={*own, *event_of.values()})}
    known = {("event", str(pk)): event for pk, event in found.items()}
    known.update({("registration", str(pk)): found[event] for pk, event in event_of.items() if event in found})
    return known


def _voice(entry: AuditEntry) -> str:
    """Whom the sentence names, so that only what one person did is counted together."""
    return entry.actor_label if entry.action in _EVENT_WORDS or entry.action in _NAMING else ""


def _line(run: list[tuple[AuditEntry, Event]]) -> News:
    entry, event = run[0]
    words = {
        "who": entry.actor_label or _("Somebody"),
        "event": _("“%(title)s”") % {"title": event.title},
        "number": len(run),
    }
    if entry.action in _EVENT_WORDS:
        sentence = str(_EVENT_WORDS[entry.action]) % words
    else:
        sentence = _GUEST_WORDS[entry.action] % words
    return News(at=entry.at, sentence=sentence, event=event)
