"""Small readings for the desk's templates."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.enums import Mode
from events.models import Event
from events.selectors import pools_of
from registrations.enums import LetterState

register = template.Library()


@register.filter
def at_key(mapping: Mapping[Any, Any], key: Any) -> Any:
    """What ``mapping`` holds under ``key``, or an empty string."""
    return mapping.get(key, "")


@register.filter
def letter_label(state: str) -> str:
    """The words for a letter's state."""
    return str(LetterState(state).label)


@register.filter
def letter_pill(state: str) -> str:
    """The colour of a letter's state: red when it will not arrive, amber while it is tried again."""
    return {LetterState.FAILED: "failed", LetterState.DELAYED: "queued"}.get(LetterState(state), state)


@register.filter
def places_line(event: Event) -> list[str]:
    """“34 of 80 places taken”, one for each mode of the event; asks no more than the event's pools."""
    pools = pools_of(event)
    return [_line(pools[mode].taken, pools[mode].size, mode, len(event.modes)) for mode in event.modes if mode in pools]


def _line(taken: int, size: int | None, mode: str, modes: int) -> str:
    if size is None:
        text = ngettext("%(taken)s place taken, no limit", "%(taken)s places taken, no limit", taken)
    else:
        text = ngettext("%(taken)s of %(size)s place taken", "%(taken)s of %(size)s places taken", size)
    line = text % {"taken": taken, "size": size}
    return _("%(line)s (%(mode)s)") % {"line": line, "mode": Mode(mode).label} if modes > 1 else line
