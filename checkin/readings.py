"""One reading at the door and the answer to it; and how an item of the scans API becomes a reading."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from checkin.enums import INVALID, Direction
from registrations.models import Registration

LONGEST_CODE = 4296  # the most characters that a QR code holds (ISO/IEC 18004, version 40-L, alphanumeric)
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Reading:
    """A badge that was read (``code``), or a person found by name (``registration``, its id). ``scanned_at`` is aware."""

    id: UUID
    scanned_at: datetime
    code: str = ""
    registration: int | None = None
    direction: str = Direction.IN


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one reading. ``guest`` is a guest of this event or None; ``first_seen_at`` is UTC."""

    id: UUID | str | None
    outcome: str
    guest: Registration | None = None
    first_seen_at: datetime | None = None
    detail: str = ""


class Malformed(ValueError):
    """The item is no reading; the message is a sentence for whoever sent it."""


def parse(item: Any) -> Reading | Verdict:
    """The reading that an item of a batch stands for, or the verdict ``invalid`` with what is wrong about it."""
    given = item.get("id") if isinstance(item, dict) else None
    try:
        if not isinstance(item, dict):
            raise Malformed(_("A scan is an object with “id”, “code” and “scanned_at”."))
        return Reading(
            id=_uuid(given),
            scanned_at=_moment(item.get("scanned_at")),
            code=_code(item),
            registration=_registration(item),
            direction=_direction(item.get("direction", Direction.IN)),
        )
    except Malformed as error:
        return Verdict(id=_echo(given), outcome=INVALID, detail=str(error))


def _uuid(value: Any) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise Malformed(_("“id” must be a UUID that the device made for this scan.")) from None


def _moment(value: Any) -> datetime:
    message = _("“scanned_at” must be a time with offset, for example 2026-12-03T18:04:00+01:00.")
    try:
        moment = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        raise Malformed(message) from None
    if moment.utcoffset() is None:
        raise Malformed(message)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise Malformed(message) from None


def _code(item: dict[str, Any]) -> str:
    code = item.get("code", "")
    if not isinstance(code, str) or len(code) > LONGEST_CODE:
        raise Malformed(_("“code” must be the text that was read, of 4,296 characters at most."))
    if bool(code.strip()) == ("registration" in item):
        raise Malformed(_("Give either “code”, or “registration” for somebody found by name."))
    return code


def _registration(item: dict[str, Any]) -> int | None:
    key = item.get("registration")
    if "registration" not in item:
        return None
    if not isinstance(key, int) or isinstance(key, bool) or not 0 < key <= LARGEST_KEY:
        raise Malformed(_("“registration” must be the number of a registration."))
    return key


def _direction(value: Any) -> str:
    if value not in Direction.values:
        raise Malformed(_("“direction” must be “in” or “out”."))
    return str(value)


def _echo(value: Any) -> str | None:
    return value if isinstance(value, str) and len(value) <= 64 and value.isprintable() else None
