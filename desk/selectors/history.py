"""What happened to one guest: registration, letters, scans, changes, in the order of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from checkin.enums import Outcome
from checkin.models import Scan
from core.models import AuditEntry
from registrations.enums import LetterKind, LetterState, Source, State
from registrations.models import Letter, Registration


@dataclass(frozen=True, slots=True)
class Step:
    """One line: when, what, by whom or to whom, and for a letter its state."""

    at: datetime
    text: str
    note: str = ""
    state: str = ""
    state_label: str = ""


def history(registration: Registration) -> list[Step]:
    """Everything that is on record about the guest, latest first; in three queries."""
    steps = [*_changes(registration), *_letters(registration), *_scans(registration)]
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _changes(registration: Registration) -> Iterator[Step]:
    entries = AuditEntry.objects.filter(subject_type="registration", subject_id=str(registration.pk))
    for entry in entries.order_by("-at", "-pk"):
        yield Step(at=entry.at, text=_words(entry), note=_who(entry))


def _words(entry: AuditEntry) -> str:
    fixed = {
        "registration.promoted": _("Moved up from the waiting list"),
        "registration.approved": _("Approved"),
        "registration.declined": _("Declined"),
        "registration.cancelled": _("Cancelled"),
        "registration.mode_changed": _("Changed how they take part"),
    }
    if entry.action == "registration.made":
        return _made(entry.after)
    if entry.action == "registration.corrected":
        return _("Corrected: %(what)s") % {"what": ", ".join(_field_label(name) for name in entry.after)}
    return fixed.get(entry.action, entry.action)


def _made(after: dict[str, Any]) -> str:
    state, source = after.get("status", ""), after.get("source", "")
    return _("Registered (%(source)s): %(state)s") % {
        "source": Source(source).label if source in Source.values else source,
        "state": State(state).label if state in State.values else state,
    }


def _field_label(name: str) -> str:
    known = {field.name: field.verbose_name for field in Registration._meta.concrete_fields}
    return str(known.get(name, name))


def _who(entry: AuditEntry) -> str:
    return _("the guest") if entry.actor_label == "guest" else entry.actor_label


def _letters(registration: Registration) -> Iterator[Step]:
    for letter in Letter.objects.filter(registration=registration).order_by("-created_at"):
        yield Step(
            at=letter.sent_at or letter.created_at,
            text=_("Letter: %(kind)s") % {"kind": LetterKind(letter.kind).label},
            note=f"{letter.to} — {letter.error}" if letter.error else letter.to,
            state=letter.state,
            state_label=str(LetterState(letter.state).label),
        )


def _scans(registration: Registration) -> Iterator[Step]:
    rows = (
        Scan.objects.filter(registration=registration)
        .select_related("checkpoint", "scanned_by")
        .order_by("-received_at")
    )
    for scan in rows:
        text = _("At %(checkpoint)s: %(outcome)s") % {
            "checkpoint": scan.checkpoint,
            "outcome": Outcome(scan.outcome).label,
        }
        yield Step(at=scan.scanned_at, text=text, note=str(scan.scanned_by or ""))
