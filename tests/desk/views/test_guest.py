import pytest

from core.models import AuditEntry
from delegations.enums import Role
from events.enums import Status
from events.models import CoHost, Pool
from registrations.enums import Source, State
from registrations.models import Letter, Registration
from tests import factories
from tests.desk.makers import desk

pytestmark = pytest.mark.django_db

ADA = {
    "given_name": "Ada",
    "family_name": "Example",
    "email": "ada@guests.example",
    "organisation": "City of Example",
    "country": "BE",
    "language": "nl",
    "part": "attendee",
    "mode": "in_person",
    "letter": "on",
}


def _kinds(guest):
    return list(Letter.objects.filter(registration=guest).order_by("created_at").values_list("kind", flat=True))


# --- adding --------------------------------------------------------------------------------------------------------------
def test_add_gives_a_place_and_sends_the_confirmation():
    client, office = desk()
    event = factories.event(of=office)

    page = client.post(f"/desk/events/{event.pk}/guests/add/", ADA, follow=True).content.decode()

    guest = Registration.objects.get()
    assert (guest.status, guest.source, guest.language) == (State.CONFIRMED, Source.STAFF, "nl")
    assert _kinds(guest) == ["confirmed"]
    assert "Ada Example has a place." in page


def test_add_without_a_letter_or_an_address_sends_none():
    client, office = desk()
    event = factories.event(of=office)

    client.post(f"/desk/events/{event.pk}/guests/add/", {**ADA, "letter": ""})
    client.post(f"/desk/events/{event.pk}/guests/add/", {**ADA, "email": "", "part": "speaker", "another": "1"})

    assert Registration.objects.filter(status=State.CONFIRMED).count() == 2
    assert not Letter.objects.exists()


def test_add_to_a_full_event_joins_the_waiting_list_and_says_so():
    client, office = desk()
    event = factories.event(of=office, places=1)
    factories.registration(event)

    page = client.post(f"/desk/events/{event.pk}/guests/add/", ADA, follow=True).content.decode()

    assert Registration.objects.get(email=ADA["email"]).status == State.WAITLISTED
    assert "Ada Example is on the waiting list, at place 1." in page
    assert Pool.objects.get(event=event).taken == 1


def test_add_to_a_full_event_without_a_waiting_list_keeps_what_was_typed():
    client, office = desk()
    event = factories.event(of=office, places=1, waiting_list=False)
    factories.registration(event)

    response = client.post(f"/desk/events/{event.pk}/guests/add/", ADA)

    page = response.content.decode()
    assert response.status_code == 422
    assert "All places are taken" in page
    assert 'value="ada@guests.example"' in page
    assert Registration.objects.count() == 1


def test_add_of_a_known_address_names_who_has_it():
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(event, given_name="Ida", family_name="First", email="ADA@guests.example")

    response = client.post(f"/desk/events/{event.pk}/guests/add/", ADA)

    assert "Ida First is registered with this address already." in response.context["form"].errors["email"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"family_name": ""}, "family_name"), ({"given_name": "…"}, "given_name"), ({"email": "ada@"}, "email"),
     ({"country": "XX"}, "country"), ({"mode": "online"}, "mode"), ({"part": "king"}, "part")],
)  # fmt: skip
def test_add_with_a_mistake_points_at_it(changes, field):
    client, office = desk()
    event = factories.event(of=office)

    response = client.post(f"/desk/events/{event.pk}/guests/add/", {**ADA, **changes})

    assert set(response.context["form"].errors) == {field}
    assert not Registration.objects.exists()


def test_add_to_a_draft_leads_back_with_the_reason():
    client, office = desk()
    event = factories.event(of=office, status=Status.DRAFT)

    page = client.post(f"/desk/events/{event.pk}/guests/add/", ADA, follow=True).content.decode()

    assert "while the event is published" in page


# --- one guest -----------------------------------------------------------------------------------------------------------
def _correction(guest, **changes):
    names = ("given_name", "family_name", "email", "organisation", "country", "language", "part")
    return {**{name: getattr(guest, name) for name in names}, **changes}


def test_correction_of_a_name_keeps_the_badge_code_and_is_noted():
    client, office = desk(name="Nadia Colleague")
    guest = factories.registration(factories.event(of=office))

    client.post(f"/desk/guests/{guest.pk}/", _correction(guest, family_name="Łódzka", part="speaker"))

    after = Registration.objects.get()
    assert (after.family_name, after.part, after.badge_code) == ("Łódzka", "speaker", guest.badge_code)
    assert AuditEntry.objects.get(action="registration.corrected").actor_label == "Nadia Colleague"
    assert _kinds(guest) == ["confirmed"]


def test_correction_of_the_address_sends_the_letter_there():
    client, office = desk()
    guest = factories.registration(factories.event(of=office))

    page = client.post(f"/desk/guests/{guest.pk}/", _correction(guest, email="new@guests.example"), follow=True)

    assert Letter.objects.filter(registration=guest, to="new@guests.example").count() == 1
    assert "a new letter goes to the new address" in page.content.decode()


def test_correction_to_the_address_of_another_guest_changes_nothing():
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(event, email="taken@guests.example")
    guest = factories.registration(event, family_name="Before")

    response = client.post(
        f"/desk/guests/{guest.pk}/", _correction(guest, email="taken@guests.example", family_name="After")
    )

    assert "email" in response.context["form"].errors
    assert Registration.objects.get(pk=guest.pk).family_name == "Before"
    assert 'value="After"' in response.content.decode()


def test_guest_page_tells_what_happened():
    client, office = desk()
    guest = factories.registration(factories.event(of=office))
    client.post(f"/desk/guests/{guest.pk}/", _correction(guest, organisation="Moved"))
    client.post(f"/desk/guests/{guest.pk}/resend/")

    texts = [step.text for step in client.get(f"/desk/guests/{guest.pk}/").context["steps"]]

    assert "Corrected: organisation" in texts
    assert texts.count("Letter: confirmation") == 2
    assert texts[-1] in ("Registered (added by the organisers): confirmed", "Letter: confirmation")


def test_guest_page_asks_equally_often_for_1_and_3_letters(django_assert_num_queries):
    client, office = desk()
    event = factories.event(of=office)
    for letters in (1, 3):
        guest = factories.registration(event)
        for _letter in range(letters - 1):
            client.post(f"/desk/guests/{guest.pk}/resend/")
        client.get(f"/desk/guests/{guest.pk}/")  # takes the messages of the deeds away
        with django_assert_num_queries(10):
            client.get(f"/desk/guests/{guest.pk}/")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DOOR])
@pytest.mark.parametrize("deed", ["", "cancel/", "resend/", "approve/", "decline/", "mode/"])
def test_guest_for_a_role_without_guests_is_not_found(role, deed):
    client, office = desk(role)
    guest = factories.registration(factories.event(of=office, approval=True), source=Source.FORM)

    assert client.post(f"/desk/guests/{guest.pk}/{deed}", ADA).status_code == 404
    assert Registration.objects.get().status == State.PENDING


def test_guest_of_another_office_is_not_found():
    client, _office = desk()
    guest = factories.registration(factories.event(), family_name="Secret")

    assert client.get(f"/desk/guests/{guest.pk}/").status_code == 404
    assert client.post(f"/desk/guests/{guest.pk}/cancel/").status_code == 404


def test_guest_for_a_co_host_that_sees_guests_can_be_read_and_not_changed():
    client, office = desk()
    event = factories.event()
    CoHost.objects.create(event=event, delegation=office, sees_guests=True)
    guest = factories.registration(event, family_name="Shared")

    page = client.get(f"/desk/guests/{guest.pk}/").content.decode()

    assert "Shared" in page
    assert "/cancel/" not in page
    assert client.post(f"/desk/guests/{guest.pk}/", _correction(guest, family_name="Taken")).status_code == 404


# --- cancelling ----------------------------------------------------------------------------------------------------------
def test_cancel_asks_first_and_changes_nothing_by_get():
    client, office = desk()
    guest = factories.registration(factories.event(of=office))

    page = client.get(f"/desk/guests/{guest.pk}/cancel/").content.decode()

    assert "Keep it" in page
    assert Registration.objects.get().status == State.CONFIRMED


def test_cancel_gives_the_place_to_the_first_who_waits():
    client, office = desk()
    event = factories.event(of=office, places=1)
    guest, first, second = (factories.registration(event) for _each in range(3))

    client.post(f"/desk/guests/{guest.pk}/cancel/", {"letter": "on"})

    states = dict(Registration.objects.values_list("pk", "status"))
    assert states == {guest.pk: State.CANCELLED, first.pk: State.CONFIRMED, second.pk: State.WAITLISTED}
    assert _kinds(guest) == ["confirmed", "cancelled_by_organiser"]
    assert _kinds(first) == ["waitlisted", "promoted"]


def test_cancel_without_a_letter_sends_none():
    client, office = desk()
    guest = factories.registration(factories.event(of=office))

    client.post(f"/desk/guests/{guest.pk}/cancel/", {})

    assert _kinds(guest) == ["confirmed"]


def test_cancel_twice_frees_one_place_only():
    client, office = desk()
    event = factories.event(of=office, places=3)
    guest, _other = factories.registration(event), factories.registration(event)

    client.post(f"/desk/guests/{guest.pk}/cancel/", {})
    page = client.post(f"/desk/guests/{guest.pk}/cancel/", {}, follow=True).content.decode()

    assert "cancelled or declined already" in page
    assert Pool.objects.get(event=event).taken == 1


# --- deciding and writing again ------------------------------------------------------------------------------------------
def test_approve_gives_the_place_and_leads_back_to_the_list():
    client, office = desk()
    event = factories.event(of=office, approval=True)
    guest = factories.registration(event, source=Source.FORM)
    back = f"/desk/events/{event.pk}/guests/?tab=pending"

    response = client.post(f"/desk/guests/{guest.pk}/approve/", {"next": back})

    guest.refresh_from_db()
    assert response.url == back
    assert guest.status == State.CONFIRMED
    assert _kinds(guest) == ["received", "confirmed"]


def test_approve_of_somebody_who_is_confirmed_says_why_not():
    client, office = desk()
    guest = factories.registration(factories.event(of=office))

    page = client.post(f"/desk/guests/{guest.pk}/approve/", follow=True).content.decode()

    assert "Only a registration that awaits approval" in page


def test_decline_writes_to_the_guest():
    client, office = desk()
    guest = factories.registration(factories.event(of=office, approval=True), source=Source.FORM)

    client.post(f"/desk/guests/{guest.pk}/decline/")

    guest.refresh_from_db()
    assert guest.status == State.DECLINED
    assert _kinds(guest) == ["received", "declined"]


def test_mode_is_switched_and_the_place_given_on():
    client, office = desk()
    event = factories.event(of=office, format="hybrid", places=1, online=5)
    guest, first = factories.registration(event), factories.registration(event)

    page = client.post(f"/desk/guests/{guest.pk}/mode/", {"mode": "online"}, follow=True).content.decode()

    assert "takes part online now." in page
    assert dict(Registration.objects.values_list("pk", "mode"))[guest.pk] == "online"
    assert Registration.objects.get(pk=first.pk).status == State.CONFIRMED
    assert {pool.mode: pool.taken for pool in Pool.objects.filter(event=event)} == {"in_person": 1, "online": 1}


@pytest.mark.parametrize("mode", ["", "by post", "in_person"])
def test_mode_that_is_no_change_says_so(mode):
    client, office = desk()
    guest = factories.registration(factories.event(of=office, format="hybrid"))

    page = client.post(f"/desk/guests/{guest.pk}/mode/", {"mode": mode}, follow=True).content.decode()

    assert "notice--error" in page
    assert Registration.objects.get().mode == "in_person"


def test_mode_without_a_place_changes_nothing():
    client, office = desk()
    event = factories.event(of=office, format="hybrid", places=5, online=1)
    factories.registration(event, mode="online")
    guest = factories.registration(event)

    page = client.post(f"/desk/guests/{guest.pk}/mode/", {"mode": "online"}, follow=True).content.decode()

    assert "There is no place left." in page
    assert Registration.objects.get(pk=guest.pk).mode == "in_person"


def test_decisions_never_lead_to_another_site():
    client, office = desk()
    guest = factories.registration(factories.event(of=office, approval=True), source=Source.FORM)

    response = client.post(f"/desk/guests/{guest.pk}/approve/", {"next": "//thief.example/"})

    assert response.url == f"/desk/guests/{guest.pk}/"


@pytest.mark.parametrize("deed", ["approve", "decline", "resend", "mode"])
def test_deeds_by_get_are_refused(deed):
    client, office = desk()
    guest = factories.registration(factories.event(of=office, approval=True), source=Source.FORM)

    assert client.get(f"/desk/guests/{guest.pk}/{deed}/").status_code == 405
    assert _kinds(guest) == ["received"]


def test_resend_sends_the_letter_of_the_present_state():
    client, office = desk()
    event = factories.event(of=office, places=1)
    factories.registration(event)
    guest = factories.registration(event)

    client.post(f"/desk/guests/{guest.pk}/resend/")

    assert _kinds(guest) == ["waitlisted", "waitlisted"]


def test_resend_to_a_guest_without_an_address_says_so():
    client, office = desk()
    guest = factories.registration(factories.event(of=office), email="")

    page = client.post(f"/desk/guests/{guest.pk}/resend/", follow=True).content.decode()

    assert "no e-mail address" in page
    assert not Letter.objects.exists()
