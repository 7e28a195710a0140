import pytest

from checkin.models import Attendance
from core.audit import SYSTEM
from delegations.enums import Role
from events.models import CoHost
from registrations.enums import LetterKind, LetterState, Source
from registrations.models import Letter
from registrations.services import cancel_registration
from tests import factories
from tests.desk.makers import desk

pytestmark = pytest.mark.django_db


def _url(event, query=""):
    return f"/desk/events/{event.pk}/guests/{query}"


def _names(client, event, query=""):
    return [guest.family_name for guest in client.get(_url(event, query)).context["page"]]


def _check_in(guest):
    at = factories.now()
    Attendance.objects.create(
        registration=guest,
        checkpoint=guest.event.checkpoints.get(),
        first_seen_at=at,
        last_seen_at=at,
        mode=guest.mode,
        method="scan",
    )


@pytest.fixture
def crowd():
    """An event for five, with one guest in each state."""
    client, office = desk()
    event = factories.event(of=office, places=3, approval=True)
    for name in ("Alpha", "Bravo", "Charlie"):
        factories.registration(event, family_name=name)
    waiting = factories.registration(event, family_name="Delta")
    pending = factories.registration(event, family_name="Echo", source=Source.FORM)
    _check_in(event.registrations.get(family_name="Alpha"))
    cancel_registration(registration=waiting, by=SYSTEM, at=factories.now(), letter=None)
    factories.registration(event, family_name="Foxtrot")
    assert pending.status == "pending"
    return client, event


def test_tabs_count_the_guests_in_each_state(crowd):
    client, event = crowd

    counts = {tab["label"]: tab["count"] for tab in client.get(_url(event)).context["tabs"]}

    assert counts == {
        "All": 6,
        "Confirmed": 3,
        "Waiting": 1,
        "Awaiting approval": 1,
        "Cancelled or declined": 1,
        "Checked in": 1,
        "Not checked in": 2,
    }


@pytest.mark.parametrize(
    ("tab", "names"),
    [
        ("all", ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot"]),
        ("confirmed", ["Alpha", "Bravo", "Charlie"]),
        ("waiting", ["Foxtrot"]),
        ("pending", ["Echo"]),
        ("cancelled", ["Delta"]),
        ("checked_in", ["Alpha"]),
        ("not_checked_in", ["Bravo", "Charlie"]),
        ("nonsense", ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot"]),
    ],
)
def test_tab_shows_its_guests(crowd, tab, names):
    client, event = crowd

    assert _names(client, event, f"?tab={tab}") == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("zoë", ["Élysée"]),
        ("élysée", ["Élysée"]),
        ("ÉLYSÉE", ["Élysée"]),
        ("zoë ministry", ["Élysée"]),
        ("zoë harbour", []),
        ("harbour", ["Novak"]),
        ("jan.novak", ["Novak"]),
        ("%40gent.example", ["Novak", "Smith"]),
        ("%40north.example", ["Élysée"]),
        ("%40gent", ["Novak"]),
        ("100%25", ["Smith"]),
        ("_", ["Smith"]),
        ("'; drop table", []),
    ],
)
def test_search_finds_by_name_organisation_address_and_domain(query, names):
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(
        event, given_name="Zoë", family_name="Élysée", organisation="Ministry", email="zoe@north.example"
    )
    factories.registration(
        event, given_name="Jan", family_name="Novak", organisation="Harbour", email="jan.novak@gent.example"
    )
    factories.registration(
        event, given_name="Ann", family_name="Smith", organisation="100% _Green", email="a@city.gent.example"
    )

    assert _names(client, event, f"?q={query}") == names


def test_filters_narrow_the_list_and_its_counts():
    client, office = desk()
    event = factories.event(of=office, format="hybrid")
    factories.registration(event, family_name="Alpha", country="FR", language="fr", mode="online")
    factories.registration(event, family_name="Bravo", country="BE", language="nl", part="speaker")

    assert _names(client, event, "?mode=online") == ["Alpha"]
    assert _names(client, event, "?language=nl") == ["Bravo"]
    assert _names(client, event, "?country=FR") == ["Alpha"]
    assert _names(client, event, "?part=speaker") == ["Bravo"]
    assert _names(client, event, "?country=XX&part=nobody") == ["Alpha", "Bravo"]
    response = client.get(_url(event, "?part=speaker"))
    assert response.context["tabs"][0]["count"] == 1


def test_undelivered_letters_are_seen_and_found():
    client, office = desk()
    event = factories.event(of=office)
    lost = factories.registration(event, family_name="Lost")
    factories.registration(event, family_name="Fine")
    Letter.objects.filter(registration=lost).update(state=LetterState.FAILED)

    assert _names(client, event, "?letters=on") == ["Lost"]
    assert "not delivered" in client.get(_url(event)).content.decode()


def test_a_letter_that_arrived_later_makes_up_for_a_lost_one():
    client, office = desk()
    event = factories.event(of=office)
    guest = factories.registration(event)
    Letter.objects.filter(registration=guest).update(state=LetterState.FAILED)
    Letter.objects.create(
        registration=guest, kind=LetterKind.LINK, to=guest.email, state=LetterState.SENT, created_at=factories.now()
    )

    assert _names(client, event, "?letters=on") == []


def test_list_is_sorted_both_ways_without_regard_to_case():
    client, office = desk()
    event = factories.event(of=office)
    for name in ("de Vries", "Adams", "Bo"):
        factories.registration(event, family_name=name)

    assert _names(client, event, "?sort=name") == ["Adams", "Bo", "de Vries"]
    assert _names(client, event, "?sort=-name") == ["de Vries", "Bo", "Adams"]
    assert _names(client, event, "?sort=-registered") == ["Bo", "Adams", "de Vries"]
    assert 'aria-sort="descending"' in client.get(_url(event, "?sort=-name")).content.decode()


def test_waiting_guests_show_their_place_in_line():
    client, office = desk()
    event = factories.event(of=office, places=1)
    for _guest in range(3):
        factories.registration(event)

    page = client.get(_url(event, "?tab=waiting")).content.decode()

    assert "place 1" in page
    assert "place 2" in page


def test_list_has_pages_that_keep_the_search():
    client, office = desk()
    event = factories.event(of=office, places=None)
    for _guest in range(51):
        factories.registration(event, organisation="Kept")

    first = client.get(_url(event, "?q=kept"))
    second = client.get(_url(event, "?q=kept&page=2"))

    assert (len(first.context["page"]), len(second.context["page"])) == (50, 1)
    assert "q=kept&amp;page=2" in first.content.decode()


def test_list_of_1_and_3_guests_asks_equally_often(django_assert_num_queries):
    for number in (1, 3):
        client, office = desk()
        event = factories.event(of=office, places=1)
        for _guest in range(number):
            factories.registration(event)
        factories.registration(event)
        with django_assert_num_queries(13):
            client.get(_url(event))


def test_list_without_guests_invites_to_share():
    client, office = desk()

    page = client.get(_url(factories.event(of=office))).content.decode()

    assert "Nobody is registered yet" in page
    assert "Add a guest" in page


def test_list_shows_names_as_text():
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(event, given_name="<script>alert(1)</script>", organisation="{% now %}")

    page = client.get(_url(event)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_list_holds_no_badge_code_and_is_kept_by_no_cache():
    client, office = desk()
    event = factories.event(of=office)
    guest = factories.registration(event)

    response = client.get(_url(event))

    assert guest.badge_code not in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DOOR])
def test_list_for_a_role_without_guests_is_not_found(role):
    client, office = desk(role)

    assert client.get(_url(factories.event(of=office))).status_code == 404


def test_list_of_another_office_is_not_found():
    client, _office = desk()

    assert client.get(_url(factories.event())).status_code == 404


def test_list_for_a_co_host_opens_only_when_the_lead_host_opened_it():
    client, office = desk()
    event = factories.event()
    factories.registration(event, family_name="Shared")
    host = CoHost.objects.create(event=event, delegation=office)
    before = client.get(_url(event)).status_code

    CoHost.objects.filter(pk=host.pk).update(sees_guests=True)
    page = client.get(_url(event)).content.decode()

    assert before == 404
    assert "Shared" in page
    assert "Add a guest" not in page
    assert 'name="selected"' not in page
