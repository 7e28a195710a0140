"""VTIMEZONE: the offsets of a time zone over some years, so that every calendar reads our local times alike (RFC 5545, 3.6.5)."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


@lru_cache(maxsize=64)
def vtimezone(name: str, first_year: int, last_year: int) -> Timezone:
    """The zone ``name`` from the year before ``first_year`` to the end of ``last_year``; do not change what you get.

    Raises zoneinfo.ZoneInfoNotFoundError.
    """
    zone = zoneinfo.ZoneInfo(name)
    component = Timezone()
    component.add("tzid", name)
    start = datetime(first_year - 1, 1, 1, tzinfo=UTC)
    component.add_component(_observance(start, zone))
    for moment in _changes(zone, start, datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        component.add_component(_observance(moment, zone, before=_MINUTE))
    return component


def _changes(zone: zoneinfo.ZoneInfo, start: datetime, end: datetime) -> list[datetime]:
    """The moments at which the zone's offset changes, to the minute."""
    found, moment = [], start
    while moment < end:
        if _offset(moment, zone) != _offset(moment + _DAY, zone):
            found.append(_first_minute_of_the_new_offset(moment, zone))
        moment += _DAY
    return found


def _first_minute_of_the_new_offset(day: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
    old, low, high = _offset(day, zone), 0, 24 * 60
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(day + middle * _MINUTE, zone) == old else (low, middle)
    return day + high * _MINUTE


def _offset(moment: datetime, zone: zoneinfo.ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _observance(
    moment: datetime, zone: zoneinfo.ZoneInfo, before: timedelta = timedelta()
) -> TimezoneStandard | TimezoneDaylight:
    local = moment.astimezone(zone)
    came_from = _offset(moment - before, zone)
    part: TimezoneStandard | TimezoneDaylight = TimezoneDaylight() if local.dst() else TimezoneStandard()
    # The onset is told by the clocks as they stood until then.
    part.add("dtstart", (moment + came_from).replace(tzinfo=None))
    part.add("tzoffsetfrom", came_from)
    part.add("tzoffsetto", _offset(moment, zone))
    part.add("tzname", local.tzname())
    return part
