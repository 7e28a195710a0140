"""How an event stands for somebody who wants to come."""

from datetime import timedelta

import pytest

from core.audit import SYSTEM
from events import services
from events.enums import Entry, Status
from events.models import CoHost, Event, Pool
from events.selectors import public_event
from events.standing import is_nearly_full, standing
from tests import factories as make

pytestmark = pytest.mark.django_db


def now_for(event: Event, **pool: int) -> Event:
    if pool:
        Pool.objects.filter(event=event).update(**pool)
    return public_event(event.slug)


def test_standing_published_event_is_open_with_a_button():
    event = now_for(make.event(places=50))

    found = standing(event, make.now())

    assert (found.entry, found.pill, found.label) == (Entry.OPEN, "open", "Open")
    assert found.button == "Register"


def test_standing_full_event_offers_the_waiting_list():
    event = now_for(make.event(places=2), taken=2)

    found = standing(event, make.now())

    assert found.entry == Entry.WAITING
    assert found.headline == "Full: join the waiting list"
    assert found.button == "Join the waiting list"


def test_standing_full_event_without_waiting_list_has_no_button():
    event = now_for(make.event(places=2, waiting_list=False), taken=2)

    found = standing(event, make.now())

    assert found.headline == "All places are taken"
    assert found.button == ""


def test_standing_before_opening_says_when_in_the_zone_of_the_event():
    at = make.now().replace(month=6, day=1, hour=12, minute=0)
    start = at + timedelta(days=20)
    event = make.event(at=at, starts_at=start, registration_opens_at=at + timedelta(days=3), timezone="Europe/Athens")

    found = standing(now_for(event), at)

    assert found.entry == Entry.NOT_YET
    assert "at 15:00" in found.headline
    assert found.button == ""


def test_standing_after_the_closing_date_is_closed():
    event = make.event(registration_closes_at=make.now() - timedelta(hours=1))

    found = standing(now_for(event), make.now())

    assert (found.entry, found.headline) == (Entry.OVER_DATE, "Registration is closed")


def test_standing_by_invitation_offers_no_form():
    found = standing(now_for(make.event(visibility="invitation")), make.now())

    assert (found.headline, found.button) == ("By invitation", "")


def test_standing_cancelled_gives_the_reason():
    event = make.event()
    services.cancel_event(event=event, by=SYSTEM, at=make.now(), reason="The trains are on strike.")

    found = standing(now_for(event), make.now())

    assert (found.headline, found.detail) == ("This event is cancelled", "The trains are on strike.")


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.CLOSED])
def test_standing_after_the_end_is_over(status):
    event = make.event(at=make.now() - timedelta(days=30), starts_at=make.now() - timedelta(days=9))
    Event.objects.filter(pk=event.pk).update(status=status)

    found = standing(now_for(event), make.now())

    assert (found.entry, found.button) == (Entry.OVER, "")


@pytest.mark.parametrize(
    ("size", "taken", "expected"), [(50, 44, False), (50, 45, True), (50, 49, True), (None, 400, False)]
)
def test_is_nearly_full_from_a_tenth_of_the_places_on(size, taken, expected):
    event = now_for(make.event(places=size), taken=taken)

    assert is_nearly_full(event) is expected


def test_standing_hybrid_with_full_room_points_to_the_online_places():
    event = make.event(format="hybrid", places=2, online=100)
    Pool.objects.filter(event=event, mode="in_person").update(taken=2)

    found = standing(now_for(event), make.now())

    assert found.button == "Register"
    assert found.detail == "The room is full; you can still take part online."


def test_public_event_names_co_hosts_without_further_queries(django_assert_num_queries):
    event = make.event()
    for _number in range(3):
        CoHost.objects.create(event=event, delegation=make.delegation())

    shown = public_event(event.slug)

    with django_assert_num_queries(0):
        assert len([row.delegation.name for row in shown.co_hosts.all()]) == 3
