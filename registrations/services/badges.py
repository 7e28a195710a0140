"""Printing badges: the job is written down here, the worker does it (registrations.badges.printing)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.jobs import start_job
from core.models import Job
from events.models import Event
from registrations.badges.sheets import SHEETS, Layout
from registrations.selectors.badges import badge_guests

PRINT = "registrations.print_badges"
MAX_OFFSET = 20


class NothingToPrint(Exception):
    """Nobody of those chosen gets a badge."""

    message = _("There is no badge to print: badges are for confirmed guests who come in person.")


class SheetNotPossible(Exception):
    """An offset or a start that no sheet has; ``message`` says which."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


def start_badges(
    *,
    event: Event,
    owner: Any,
    at: datetime,
    layout: str,
    registrations: Iterable[int] | None = None,
    offset_x: float = 0,
    offset_y: float = 0,
    start: int = 1,
    both_sides: bool = False,
) -> Job:
    """Have the badges of ``event`` printed into a PDF for the user ``owner``: of all, or of those with the given ids.

    ``layout`` is a Layout; offsets are millimetres to the right and down (at most MAX_OFFSET either way), ``start`` the
    place on the first sheet, from 1. Raises NothingToPrint and SheetNotPossible.
    """
    _check(Layout(layout), offset_x, offset_y, start)
    ids = None if registrations is None else sorted(set(registrations))
    count = badge_guests(event, ids).count()
    if not count:
        raise NothingToPrint
    params = {
        "event": event.pk,
        "registrations": ids,
        "layout": layout,
        "offset_x": float(offset_x),
        "offset_y": float(offset_y),
        "start": start,
        "both_sides": both_sides,
    }
    return start_job(kind="badges", owner=owner, params=params, task=PRINT, at=at)


def _check(layout: Layout, offset_x: float, offset_y: float, start: int) -> None:
    # Written so that "not a number" is refused as well.
    if not (abs(offset_x) <= MAX_OFFSET and abs(offset_y) <= MAX_OFFSET):
        raise SheetNotPossible(_("Give an offset of at most %(limit)d mm either way.") % {"limit": MAX_OFFSET})
    places = SHEETS[layout].places
    if not 1 <= start <= places:
        raise SheetNotPossible(_("A sheet of this kind has the places 1 to %(places)d.") % {"places": places})
