from datetime import timedelta

import pytest

from delegations.enums import Role
from events.enums import Status
from events.models import CoHost
from tests import factories
from tests.desk.makers import desk

pytestmark = pytest.mark.django_db


# --- the list ------------------------------------------------------------------------------------------------------------
def test_list_shows_each_event_under_its_tab():
    client, office = desk()
    factories.event(of=office, title={"en": "Coming"})
    factories.event(of=office, title={"en": "Sketch"}, status=Status.DRAFT)
    factories.event(of=office, title={"en": "Called off"}, status=Status.CANCELLED)
    gone = factories.now() - timedelta(days=3)
    factories.event(of=office, title={"en": "Gone"}, starts_at=gone, at=gone - timedelta(days=9))

    shown = {
        tab: client.get(f"/desk/events/?tab={tab}").content.decode()
        for tab in ("upcoming", "drafts", "past", "cancelled")
    }

    titles = ("Coming", "Sketch", "Gone", "Called off")
    for (tab, page), wanted in zip(shown.items(), titles, strict=True):
        assert [title for title in titles if f">{title}</a>" in page] == [wanted], tab


def test_list_hides_the_events_of_other_offices():
    client, _office = desk()
    factories.event(title={"en": "Of others"})

    assert b"Of others" not in client.get("/desk/events/").content


def test_list_shows_what_the_office_co_hosts_with_its_host():
    client, office = desk()
    event = factories.event(of=factories.delegation(name={"en": "Lead office"}), title={"en": "Together"})
    CoHost.objects.create(event=event, delegation=office)

    page = client.get("/desk/events/").content.decode()

    assert "Together" in page
    assert "with Lead office" in page


def test_list_of_1_and_3_events_asks_equally_often(django_assert_num_queries):
    for number in (1, 3):
        client, office = desk()
        for _each in range(number):
            factories.registration(factories.event(of=office))
        # Session, user, seats, counts, number of the tab, events, pools, whether one may draft; the shell: seats, delegation's seat.
        with django_assert_num_queries(10):
            client.get("/desk/events/")


def test_list_for_the_door_is_not_found():
    client, _office = desk(Role.DOOR)

    assert client.get("/desk/events/").status_code == 404


# --- the event's own page ------------------------------------------------------------------------------------------------
def test_event_page_of_a_draft_lists_what_is_missing():
    client, office = desk()
    event = factories.event(of=office, status=Status.DRAFT, venue=None, languages=["en", "nl"])

    page = client.get(f"/desk/events/{event.pk}/").content.decode()

    assert "choose a venue" in page
    assert "title in each language" in page
    assert "/publish/" not in page


def test_event_page_for_a_viewer_has_numbers_and_no_deeds():
    client, office = desk(Role.VIEWER)
    event = factories.event(of=office, places=7)
    factories.registration(event, family_name="Secret")

    page = client.get(f"/desk/events/{event.pk}/").content.decode()

    assert "of 7 places" in page
    assert "Secret" not in page
    for deed in ("/edit/", "/cancel/", "/guests/", "/badges/"):
        assert f"{event.pk}{deed}" not in page


def test_event_page_of_another_office_is_not_found():
    client, _office = desk()

    assert client.get(f"/desk/events/{factories.event().pk}/").status_code == 404


def test_event_page_asks_equally_often_for_1_and_3_guests(django_assert_num_queries):
    for number in (1, 3):
        client, office = desk()
        event = factories.event(of=office)
        for _guest in range(number):
            factories.registration(event)
        with django_assert_num_queries(11):
            client.get(f"/desk/events/{event.pk}/")
