from datetime import UTC, datetime, timedelta

import pytest

from core.models import AuditEntry, OutboxMessage
from delegations.enums import Role
from delegations.models import Theme
from events.enums import Status
from events.models import CoHost, Event, Pool, Room, Venue
from tests import factories
from tests.desk.makers import desk, picture, retyped, typed

pytestmark = pytest.mark.django_db
NEW = "/desk/events/new/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def _announced():
    return [message.payload["kind"] for message in OutboxMessage.objects.filter(task="registrations.announce")]


# --- the form ------------------------------------------------------------------------------------------------------------
def test_new_event_form_suggests_a_free_working_evening_in_six_weeks():
    client, office = desk()

    form = client.get(NEW).context["form"]

    starts, ends = form.initial["starts_at"], form.initial["ends_at"]
    assert (starts.hour, ends.hour) == (18, 20)
    assert starts.weekday() < 5
    assert 41 <= (starts.date() - factories.now().date()).days <= 45
    assert form.initial["languages"] == office.languages


def test_new_event_is_saved_as_a_draft_with_its_places():
    client, office = desk()
    theme = factories.theme(office)

    response = client.post(NEW, typed(summary_fr="Résumé", themes=[theme.pk], venue_name="Maison", venue_street="1 rue X",
                                      venue_postcode="1000", venue_city="Bruxelles", new_theme="Clean air"))  # fmt: skip

    made = Event.objects.get()
    assert response.url == f"/desk/events/{made.pk}/"
    assert (made.status, made.delegation) == (Status.DRAFT, office)
    assert made.title == {"en": "Clean air", "fr": "L’air pur"}
    assert made.summary == {"fr": "Résumé"}
    assert made.starts_at == datetime(2031, 3, 18, 17, 0, tzinfo=UTC)
    assert made.pools.get().size == 80
    assert {str(each) for each in made.themes.all()} == {"Mobility", "Clean air"}
    assert (made.venue.name, made.venue.delegation) == ("Maison", office)


def test_new_event_takes_its_times_on_the_clock_of_its_zone():
    client, _office = desk()

    client.post(NEW, typed(timezone="Europe/Athens", registration_closes_at="2031-03-17T12:00"))

    made = Event.objects.get()
    assert made.starts_at == datetime(2031, 3, 18, 16, 0, tzinfo=UTC)
    assert made.registration_closes_at == datetime(2031, 3, 17, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title_fr": ""}, "title_fr", "Give the title in this language"),
        ({"languages": []}, "languages", "required"),
        ({"ends_at": "2031-03-18T18:00"}, "ends_at", "must come after the start"),
        ({"starts_at": "tomorrow"}, "starts_at", "Give a date and a time"),
        ({"starts_at": "0001-01-01T00:00"}, "starts_at", "Give a date and a time"),
        ({"starts_at": "2031-03-30T02:30", "ends_at": "2031-03-30T05:00"}, "starts_at", "does not exist on that day"),
        ({"timezone": "Mars/Base"}, "timezone", "valid choice"),
        ({"registration_closes_at": "2031-03-20T10:00"}, "registration_closes_at", "after the end of the event"),
        (
            {"registration_opens_at": "2031-02-02T10:00", "registration_closes_at": "2031-02-01T10:00"},
            "registration_closes_at",
            "must close after it opens",
        ),
        ({"venue_name": "Maison"}, "venue_city", "needs this too"),
        ({"places_in_person": "0"}, "places_in_person", "greater than or equal to 1"),
        ({"places_in_person": "many"}, "places_in_person", "whole number"),
        ({"online_url": "javascript:alert(1)"}, "online_url", "valid URL"),
    ],
)
def test_new_event_with_a_mistake_points_at_it_and_keeps_what_was_typed(changes, field, words):
    client, _office = desk()

    response = client.post(NEW, typed(summary_en="Kept <words>", **changes))

    form = response.context["form"]
    assert response.status_code == 422
    assert words in form.errors[field][0]
    page = response.content.decode()
    assert f'href="#id_{field}' in page
    assert "Kept &lt;words&gt;" in page
    assert not Event.objects.exists()


def test_new_event_with_the_room_of_another_building_is_refused():
    client, office = desk()
    here, there = factories.venue(delegation=office), factories.venue(delegation=office, name="Other")
    room = Room.objects.create(venue=there, name="Salon", capacity=30)

    response = client.post(NEW, typed(venue=here.pk, room=room.pk))

    assert "another building" in response.context["form"].errors["room"][0]


def test_new_event_in_the_building_of_another_office_is_refused():
    client, _office = desk()
    theirs = factories.venue(delegation=factories.delegation())

    response = client.post(NEW, typed(venue=theirs.pk))

    assert "venue" in response.context["form"].errors


def test_new_theme_that_is_there_already_is_not_made_twice():
    client, office = desk()
    factories.theme(office, slug="clean-air")

    client.post(NEW, typed(new_theme="Clean air"))

    assert Theme.objects.get() in Event.objects.get().themes.all()


def test_new_event_by_a_viewer_is_not_found_and_makes_nothing():
    client, _office = desk(Role.VIEWER)

    assert client.post(NEW, typed()).status_code == 404
    assert not Event.objects.exists()


# --- the cover -----------------------------------------------------------------------------------------------------------
def test_cover_is_stored_as_a_picture_of_our_own():
    client, _office = desk()

    client.post(NEW, typed(cover=picture(name="../../evil.php.png"), cover_alt_en="A lake", cover_alt_fr="Un lac"))

    cover = Event.objects.get().cover
    with cover.open() as file:
        content = file.read()
    assert cover.name.startswith("covers/")
    assert cover.name.endswith(".jpg")
    assert content[:3] == b"\xff\xd8\xff"


def test_cover_without_its_description_is_refused_and_the_picture_kept():
    client, _office = desk()

    first = client.post(NEW, typed(cover=picture()))
    form = first.context["form"]
    again = client.post(NEW, typed(cover_kept=form["cover_kept"].value(), cover_alt_en="A lake", cover_alt_fr="Un lac"))

    assert set(form.errors) == {"cover_alt_en", "cover_alt_fr"}
    assert again.status_code == 302
    assert Event.objects.get().cover.size > 100


@pytest.mark.parametrize("kept", ["<script>", "AAAA", "ÿ" * 8])
def test_cover_kept_that_is_no_picture_is_refused(kept):
    client, _office = desk()

    response = client.post(NEW, typed(cover_kept=kept))

    assert response.status_code == 422
    assert "cover" in response.context["form"].errors


def test_cover_removed_leaves_no_file(django_capture_on_commit_callbacks):
    client, _office = desk()
    client.post(NEW, typed(cover=picture(), cover_alt_en="A lake", cover_alt_fr="Un lac"))
    event = Event.objects.get()
    name, storage = event.cover.name, event.cover.storage

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/desk/events/{event.pk}/edit/", retyped(event, cover_remove="on"))

    event.refresh_from_db()
    assert not event.cover
    assert not event.cover_alt
    assert not storage.exists(name)


# --- editing -------------------------------------------------------------------------------------------------------------
def test_edit_form_shows_the_event_as_it_stands():
    client, office = desk()
    event = factories.event(of=office, timezone="Europe/Athens", title={"en": "Old title"})

    page = client.get(f"/desk/events/{event.pk}/edit/").content.decode()

    assert 'value="Old title"' in page
    assert f'value="{event.local_start:%Y-%m-%dT%H:%M}"' in page


def test_edit_of_a_draft_is_saved_at_once_and_noted():
    client, office = desk()
    event = factories.event(of=office, status=Status.DRAFT)

    response = client.post(
        f"/desk/events/{event.pk}/edit/", retyped(event, title_en="Newer", title_fr="Neuf", places_in_person=12)
    )

    event.refresh_from_db()
    assert response.status_code == 302
    assert event.title["en"] == "Newer"
    assert event.pools.get().size == 12
    assert AuditEntry.objects.filter(action="event.changed", subject_id=str(event.pk)).exists()


def test_edit_of_a_title_alone_writes_to_nobody():
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(event)

    response = client.post(f"/desk/events/{event.pk}/edit/", retyped(event, title_en="Newer", languages=["en"]))

    assert response.status_code == 302
    assert _announced() == []


def test_edit_of_the_time_warns_how_many_letters_will_go_before_it_is_saved():
    client, office = desk()
    event = factories.event(of=office)
    for _guest in range(3):
        factories.registration(event)
    factories.registration(event, email="")
    later = event.local_start + timedelta(minutes=30)

    response = client.post(
        f"/desk/events/{event.pk}/edit/",
        retyped(event, starts_at=f"{later:%Y-%m-%dT%H:%M}", languages=["en"], summary_en="Typed"),
    )

    unchanged = Event.objects.get(pk=event.pk)
    page = response.content.decode()
    assert "3 guests will be told of this change" in page
    assert "Typed" in page
    assert unchanged.starts_at == event.starts_at
    assert _announced() == []


def test_edit_of_the_time_saved_again_after_the_warning_writes_to_the_guests():
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(event)
    later = event.local_start + timedelta(minutes=30)
    data = retyped(event, starts_at=f"{later:%Y-%m-%dT%H:%M}", languages=["en"])
    mark = client.post(f"/desk/events/{event.pk}/edit/", data).context["mark"]

    response = client.post(f"/desk/events/{event.pk}/edit/", {**data, "told": mark})

    assert response.status_code == 302
    assert Event.objects.get(pk=event.pk).starts_at == later.replace(second=0, microsecond=0).astimezone(UTC)
    assert _announced() == ["event_changed"]


def test_edit_with_a_further_change_after_the_warning_warns_again():
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(event)
    later, latest = (event.local_start + timedelta(minutes=number) for number in (30, 60))
    data = retyped(event, starts_at=f"{later:%Y-%m-%dT%H:%M}", languages=["en"])
    mark = client.post(f"/desk/events/{event.pk}/edit/", data).context["mark"]

    response = client.post(
        f"/desk/events/{event.pk}/edit/", {**data, "starts_at": f"{latest:%Y-%m-%dT%H:%M}", "told": mark}
    )

    assert response.status_code == 200
    assert response.context["mark"] != mark
    assert _announced() == []


def test_edit_to_fewer_places_than_are_taken_says_so_at_the_field():
    client, office = desk()
    event = factories.event(of=office, places=5)
    for _guest in range(3):
        factories.registration(event)

    response = client.post(
        f"/desk/events/{event.pk}/edit/", retyped(event, places_in_person=2, languages=["en"], title_en="Not saved")
    )

    assert "3 places are taken" in response.context["form"].errors["places_in_person"][0]
    assert Pool.objects.get(event=event).size == 5
    assert Event.objects.get(pk=event.pk).title != {"en": "Not saved"}


def test_edit_to_more_places_lets_those_in_who_wait():
    client, office = desk()
    event = factories.event(of=office, places=1)
    factories.registration(event)
    waiting = factories.registration(event)
    assert waiting.status == "waitlisted"

    client.post(f"/desk/events/{event.pk}/edit/", retyped(event, places_in_person=2, languages=["en"]))

    waiting.refresh_from_db()
    assert waiting.status == "confirmed"


def test_edit_to_a_format_that_guests_do_not_have_is_refused():
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(event)

    response = client.post(f"/desk/events/{event.pk}/edit/", retyped(event, format="online", languages=["en"]))

    assert "must keep offering it" in response.context["form"].errors["format"][0]


def test_edit_of_a_cancelled_event_leads_back_with_the_reason():
    client, office = desk()
    event = factories.event(of=office, status=Status.CANCELLED)

    page = client.post(f"/desk/events/{event.pk}/edit/", retyped(event), follow=True).content.decode()

    assert "closed or cancelled" in page


def test_edit_by_a_co_host_is_not_found():
    client, office = desk()
    event = factories.event()
    CoHost.objects.create(event=event, delegation=office, sees_guests=True, opens_door=True)

    response = client.post(f"/desk/events/{event.pk}/edit/", retyped(event, title_en="Taken over"))

    assert response.status_code == 404
    assert Event.objects.get(pk=event.pk).title == event.title


def test_more_places_than_the_room_seats_are_saved_with_a_warning():
    client, office = desk()
    house = factories.venue(delegation=office)
    room = Room.objects.create(venue=house, name="Salon", capacity=30)

    page = client.post(NEW, typed(venue=house.pk, room=room.pk), follow=True).content.decode()

    assert "Salon has 30 seats" in page
    assert Venue.objects.get() == Event.objects.get().venue
