from datetime import UTC, datetime, timedelta

import pytest

from core.audit import SYSTEM
from desk.selectors.events import free_evening, letters_to_send, usual_venue
from events.enums import Status
from registrations.services import cancel_registration
from tests import factories

pytestmark = pytest.mark.django_db
# A Monday; six weeks later is a Monday too.
AT = datetime(2031, 3, 3, 10, tzinfo=UTC)


def test_free_evening_is_in_six_weeks_from_18_to_20():
    starts, ends = free_evening(factories.delegation(), AT)

    assert (starts, ends) == (datetime(2031, 4, 14, 18), datetime(2031, 4, 14, 20))


def test_free_evening_passes_over_the_weekend():
    starts, _ends = free_evening(factories.delegation(), AT + timedelta(days=5))

    assert starts == datetime(2031, 4, 21, 18)


def test_free_evening_passes_over_days_with_an_event_of_the_office():
    office = factories.delegation()
    factories.event(of=office, at=AT, starts_at=datetime(2031, 4, 14, 6, tzinfo=UTC))
    factories.event(of=office, at=AT, starts_at=datetime(2031, 4, 15, 6, tzinfo=UTC), status=Status.CANCELLED)
    factories.event(at=AT, starts_at=datetime(2031, 4, 15, 6, tzinfo=UTC))

    starts, _ends = free_evening(office, AT)

    assert starts == datetime(2031, 4, 15, 18)


def test_free_evening_reckons_days_in_the_zone_of_the_office():
    office = factories.delegation(time_zone="Pacific/Auckland")

    starts, _ends = free_evening(office, AT + timedelta(hours=5))  # it is Tuesday there already

    assert starts == datetime(2031, 4, 15, 18)


def test_usual_venue_is_that_of_the_latest_event():
    office = factories.delegation()
    own, latest = factories.venue(delegation=office, name="Own"), factories.venue(name="Latest")
    before = usual_venue(office)
    factories.event(of=office, venue=latest)

    assert (before, usual_venue(office)) == (own, latest)


def test_letters_to_send_counts_live_registrations_with_an_address():
    event = factories.event(places=1)
    factories.registration(event)
    factories.registration(event)
    factories.registration(event, email="")
    gone = factories.registration(event)
    cancel_registration(registration=gone, by=SYSTEM, at=factories.now(), letter=None)

    assert letters_to_send(event) == 2
