import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from events.calendar import event_calendar
from events.models import Event
from events.timezones import vtimezone
from tests import factories

START = datetime(2031, 3, 6, 17, 0, tzinfo=UTC)


def read(events, language="en", **options):
    return Calendar.from_ical(event_calendar(events, language, **options))


def entries(calendar):
    return calendar.walk("VEVENT")


@pytest.mark.django_db
def test_event_calendar_entry_has_what_a_calendar_needs():
    event = factories.event(
        starts_at=START,
        title={"en": "Cities", "fr": "Villes"},
        languages=["en", "fr"],
        venue=factories.venue(name="House of Regions"),
    )

    calendar = read([event], "fr")

    [entry] = entries(calendar)
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert str(entry["UID"]) == f"event-{event.pk}@localhost"
    assert entry["SEQUENCE"] == 0
    assert str(entry["SUMMARY"]) == "Villes"
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert entry["DTSTART"].dt == START
    assert entry["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert str(entry["LOCATION"]) == "House of Regions, 1 rue de l’Exemple, 1040 Brussels"
    assert str(entry["URL"]) == f"http://localhost:8000/events/{event.slug}/"
    assert str(entry["ORGANIZER"]).lower() == f"mailto:{event.delegation.email}"
    assert not entry.subcomponents, "a letter sets nobody an alarm"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Brussels"]


@pytest.mark.django_db
def test_event_calendar_meeting_address_is_for_online_guests_only():
    event = factories.event(format="hybrid", online_url="https://meet.example/room-7")

    public, here, there = (event_calendar([event], "en", mode=mode) for mode in (None, "in_person", "online"))

    assert b"meet.example" not in public + here
    assert b"https://meet.example/room-7" in there


@pytest.mark.django_db
def test_event_calendar_cancelled_event_and_cancelled_guest_both_leave_the_calendar():
    event = factories.event()
    [for_a_guest] = entries(read([event], cancelled=True, stamp=START))
    event.status = "cancelled"
    [for_all] = entries(read([event]))

    assert str(for_a_guest["STATUS"]) == str(for_all["STATUS"]) == "CANCELLED"
    assert for_a_guest["UID"] == for_all["UID"]
    assert for_a_guest["DTSTAMP"].dt == START


@pytest.mark.django_db
def test_event_calendar_text_with_separators_and_line_breaks_reads_back():
    title = "Cities; towns, and \\villages\nEND:VEVENT"
    event = factories.event(title={"en": title})

    [entry] = entries(read([event]))

    assert str(entry["SUMMARY"]) == title


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_event_calendar_feed_asks_the_database_for_nothing_more(django_assert_num_queries, count):
    for _number in range(count):
        factories.event()
    events = list(Event.objects.select_related("delegation", "venue", "room"))

    with django_assert_num_queries(0):
        calendar = read(events, name="Events")

    assert len(entries(calendar)) == count
    assert len(calendar.walk("VTIMEZONE")) == 1


@pytest.mark.django_db
def test_event_calendar_without_change_gives_the_same_bytes():
    event = factories.event()

    assert event_calendar([event], "en") == event_calendar([event], "en")


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Brussels",
        "Europe/Dublin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "Africa/Casablanca",
    ],
)
def test_vtimezone_gives_the_offsets_of_the_time_zone_database(name):
    zone = zoneinfo.ZoneInfo(name)
    component = vtimezone(name, 2031, 2032)
    onsets = sorted(
        (part["DTSTART"].dt.replace(tzinfo=UTC) - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td)
        for part in component.subcomponents
    )
    moment = datetime(2031, 1, 1, tzinfo=UTC)

    while moment < datetime(2033, 1, 1, tzinfo=UTC):
        told = [offset for onset, offset in onsets if onset <= moment][-1]
        assert told == moment.astimezone(zone).utcoffset(), moment
        moment += timedelta(hours=7)


def test_vtimezone_rules_begin_by_the_clocks_of_until_then():
    starts = {part["DTSTART"].dt for part in vtimezone("Europe/Brussels", 2031, 2031).subcomponents}

    assert datetime(2031, 3, 30, 2, 0) in starts
    assert datetime(2031, 10, 26, 3, 0) in starts
