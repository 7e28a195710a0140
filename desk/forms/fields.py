"""The fields that the forms of the desk share."""

import zoneinfo
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_REGIONS = ("Europe", "Africa", "America", "Asia", "Atlantic", "Australia", "Indian", "Pacific")
_YEARS = range(1990, 2101)


class WallClockField(forms.Field):
    """A date and time as the clock on the wall of the event shows it: cleans to a naive datetime or None."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo or moment.year not in _YEARS:
            raise ValidationError(_("Give a date and a time, for example 2027-03-18 18:00."), code="invalid")
        return moment.replace(second=0, microsecond=0)


def in_zone(wall: datetime, zone: str) -> datetime:
    """The moment, in UTC, at which the clock in ``zone`` shows ``wall``. Raises ValidationError where it never does."""
    moment = wall.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(UTC)
    if wall_clock(moment, zone) != wall:
        raise ValidationError(
            _("This hour does not exist on that day: the clocks go forward. Choose another."), code="gap"
        )
    return moment


def wall_clock(moment: datetime | None, zone: str) -> datetime | None:
    """What the clock in ``zone`` shows at ``moment``, as a naive datetime."""
    return moment and moment.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None)


@cache
def _zones_by_region() -> list[tuple[str, list[tuple[str, str]]]]:
    names = sorted(zoneinfo.available_timezones())
    groups = [(region, [name for name in names if name.startswith(f"{region}/")]) for region in _REGIONS]
    return [(region, [(name, name.partition("/")[2].replace("_", " ")) for name in zones]) for region, zones in groups]


def time_zones(current: str = "") -> list[tuple[str, Any]]:
    """All time zones as grouped choices, Europe first; ``current`` stays choosable even if it is an unusual one."""
    choices: list[tuple[str, Any]] = list(_zones_by_region())
    known = {name for _region, zones in choices for name, _label in zones}
    more = [name for name in dict.fromkeys([current, "UTC"]) if name and name not in known]
    return [*choices, (_("Others"), [(name, name) for name in more])]


def capitalised(choices: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Choices with their labels as a list shows them."""
    return [(value, str(label)[:1].upper() + str(label)[1:]) for value, label in choices]


REQUIRED = gettext_lazy("Fill this in.")
