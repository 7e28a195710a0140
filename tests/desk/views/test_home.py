from datetime import timedelta

import pytest

from checkin.models import Attendance, Checkpoint
from delegations.enums import Role
from delegations.models import Member
from events.enums import Status
from events.models import Pool
from registrations.enums import LetterState, Source
from registrations.models import Letter
from tests import factories
from tests.desk.makers import desk, soon_over

pytestmark = pytest.mark.django_db
HOME = "/desk/"


def _concerns(client):
    return {concern.kind: concern for concern in client.get(HOME).context["concerns"]}


def test_home_shows_the_next_event_with_its_figures():
    client, office = desk()
    later = factories.now() + timedelta(days=90)
    factories.event(of=office, title={"en": "Later"}, starts_at=later)
    event = factories.event(of=office, title={"en": "Sooner"}, places=2)
    for _guest in range(3):
        factories.registration(event)

    response = client.get(HOME)

    page = response.content.decode()
    assert response.context["event"].pk == event.pk
    assert response.context["event"].waiting == 1
    assert "confirmed of 2 places" in page
    assert "Later" not in page[: page.index("Needs attention")]
    assert "checked in" not in page


def test_home_on_the_day_tells_how_many_are_in():
    client, office = desk()
    at = factories.now()
    event = factories.event(
        of=office, at=at - timedelta(days=9), starts_at=at - timedelta(minutes=30), ends_at=at + timedelta(hours=2)
    )

    response = client.get(HOME)

    assert response.context["is_today"]
    assert "checked in" in response.content.decode()
    assert event.checkpoints.exists()


def test_home_prefers_a_published_event_to_a_sooner_draft():
    client, office = desk()
    factories.event(of=office, status=Status.DRAFT, starts_at=factories.now() + timedelta(days=1))
    published = factories.event(of=office)

    assert client.get(HOME).context["event"] == published


def test_home_of_a_new_office_invites_to_draft():
    client, _office = desk()

    page = client.get(HOME).content.decode()

    assert "Your first event starts here" in page
    assert 'href="/desk/events/new/"' in page


def test_home_with_nothing_to_do_says_so():
    client, office = desk()
    factories.event(of=office)

    response = client.get(HOME)

    assert response.context["concerns"] == []
    assert "Nothing waits for you." in response.content.decode()


def test_home_names_those_who_await_approval():
    client, office = desk()
    event = factories.event(of=office, approval=True)
    for _guest in range(2):
        factories.registration(event, source=Source.FORM)

    concern = _concerns(client)["pending"]

    assert concern.sentence == "2 people await your approval."
    assert concern.url == f"/desk/events/{event.pk}/guests/?tab=pending"
    assert client.get(concern.url).context["page"].paginator.count == 2


def test_home_names_letters_that_did_not_arrive_until_one_does():
    client, office = desk()
    guest = factories.registration(factories.event(of=office))
    Letter.objects.filter(registration=guest).update(state=LetterState.FAILED)
    before = _concerns(client)["letters"]

    later = factories.now() + timedelta(minutes=1)
    Letter.objects.create(
        registration=guest, kind="confirmed", to=guest.email, state=LetterState.SENT, created_at=later
    )

    assert before.sentence == "A letter could not be delivered."
    assert client.get(before.url).status_code == 200
    assert "letters" not in _concerns(client)


def test_home_names_events_to_close():
    client, office = desk()
    at = factories.now()
    event = factories.event(of=office, at=at - timedelta(days=9), **soon_over(at))

    assert _concerns(client)["close"].url == f"/desk/events/{event.pk}/close/"


def test_home_names_drafts_that_start_soon_and_not_those_that_have_time():
    client, office = desk()
    soon = factories.event(of=office, status=Status.DRAFT, starts_at=factories.now() + timedelta(days=5))
    factories.event(of=office, status=Status.DRAFT, starts_at=factories.now() + timedelta(days=50))

    concerns = client.get(HOME).context["concerns"]

    assert [(concern.kind, concern.event) for concern in concerns] == [("draft", soon)]
    assert "starts in 5 days" in concerns[0].sentence


def test_home_names_a_waiting_list_beside_free_places():
    client, office = desk()
    event = factories.event(of=office, places=1)
    factories.registration(event)
    factories.registration(event)
    Pool.objects.filter(event=event).update(size=5)  # as an operator's hand in the database would leave it

    assert _concerns(client)["waiting"].sentence == "1 person waits although places are free."


def test_home_of_a_viewer_has_numbers_and_no_names():
    office = factories.delegation()
    client, _office = desk(Role.VIEWER, office)
    event = factories.event(of=office, places=9, approval=True)
    factories.registration(event, family_name="Secret")
    factories.registration(event, family_name="Secret", source=Source.FORM)

    page = client.get(HOME).content.decode()

    assert "confirmed of 9 places" in page
    assert "Secret" not in page
    assert "Needs attention" not in page
    assert "/guests/" not in page


def test_home_of_the_door_leads_to_the_door():
    client, _office = desk(Role.DOOR)

    assert client.get(HOME).url == "/checkin/"


def test_home_of_the_door_with_a_desk_elsewhere_offers_both():
    client, here = desk(Role.DOOR)
    there = factories.delegation(name={"en": "Elsewhere"})
    Member.objects.create(user=here.members.get().user, delegation=there, role=Role.VIEWER)

    page = client.get(HOME).content.decode()
    client.post("/desk/switch/", {"delegation": there.slug})

    assert 'href="/checkin/"' in page
    assert "To the desk of Elsewhere" in page
    assert "There is no event yet" in client.get(HOME).content.decode()


def test_home_of_somebody_without_a_seat_says_what_to_do(client):
    client.force_login(factories.user())

    response = client.get(HOME)

    assert response.status_code == 403
    assert "administrator of your office" in response.content.decode()


def test_home_counts_equal_news_together():
    client, office = desk()
    event = factories.event(of=office, title={"en": "Talk"})
    for _guest in range(3):
        factories.registration(event, family_name="Secret")

    sentences = [line.sentence for line in client.get(HOME).context["news"]]

    assert sentences[0] == "3 registrations for “Talk”"
    assert sentences[1] == "Guimard published “Talk”"
    assert not any("Secret" in sentence for sentence in sentences)


def test_home_tells_no_news_of_other_offices():
    client, _office = desk()
    factories.event(title={"en": "Of others"})

    assert client.get(HOME).context["news"] == []


def test_home_asks_equally_often_for_1_and_3_events(django_assert_num_queries):
    for number in (1, 3):
        client, office = desk()
        for _each in range(number):
            event = factories.event(of=office, approval=True)
            factories.registration(event)
            factories.registration(event, source=Source.FORM)
        with django_assert_num_queries(17):
            client.get(HOME)


def test_home_shows_the_chosen_delegation_only():
    client, here = desk()
    there = factories.delegation()
    Member.objects.create(user=here.members.get().user, delegation=there, role=Role.ORGANISER)
    factories.event(of=here, title={"en": "Here"})
    factories.event(of=there, title={"en": "There"})

    client.post("/desk/switch/", {"delegation": there.slug, "next": HOME})

    page = client.get(HOME).content.decode()
    assert "There" in page
    assert "Here" not in page


def test_switch_to_a_delegation_without_a_seat_changes_nothing():
    client, here = desk()
    there = factories.delegation()
    factories.event(of=here, title={"en": "Here"})

    page = client.post("/desk/switch/", {"delegation": there.slug}, follow=True).content.decode()

    assert "no seat in that delegation" in page
    assert "Here" in page


def test_switch_never_leads_to_another_site():
    client, here = desk()

    response = client.post("/desk/switch/", {"delegation": here.slug, "next": "https://thief.example/"})

    assert response.url == HOME


def test_next_event_counts_present_people_once():
    client, office = desk()
    at = factories.now()
    event = factories.event(
        of=office, at=at - timedelta(days=9), starts_at=at - timedelta(minutes=30), ends_at=at + timedelta(hours=2)
    )
    guest = factories.registration(event)
    door, lunch = event.checkpoints.get(), Checkpoint.objects.create(event=event, kind="lunch", position=2)
    for checkpoint in (door, lunch):
        Attendance.objects.create(
            registration=guest,
            checkpoint=checkpoint,
            first_seen_at=at,
            last_seen_at=at,
            mode="in_person",
            method="scan",
        )

    assert client.get(HOME).context["present"] == 1
