from datetime import timedelta

import pytest

from core.models import OutboxMessage
from delegations.enums import Role
from events.enums import Status
from events.models import CoHost, Event
from registrations.models import Letter
from tests import factories
from tests.desk.makers import desk, soon_over
from totals.models import Statement

pytestmark = pytest.mark.django_db


def _status(event):
    return Event.objects.get(pk=event.pk).status


# --- publish -------------------------------------------------------------------------------------------------------------
def test_publish_opens_the_page_and_the_door():
    client, office = desk()
    event = factories.event(of=office, status=Status.DRAFT)

    page = client.post(f"/desk/events/{event.pk}/publish/", follow=True).content.decode()

    assert "The event is published." in page
    assert _status(event) == Status.PUBLISHED
    assert event.checkpoints.count() == 1
    assert client.get(f"/events/{event.slug}/").status_code == 200


def test_publish_with_something_missing_names_it_and_changes_nothing():
    client, office = desk()
    event = factories.event(of=office, status=Status.DRAFT, venue=None)

    page = client.post(f"/desk/events/{event.pk}/publish/", follow=True).content.decode()

    assert page.count("choose a venue") == 2  # the message, and the list on the page
    assert _status(event) == Status.DRAFT


def test_publish_twice_says_that_it_is_published():
    client, office = desk()
    event = factories.event(of=office)

    page = client.post(f"/desk/events/{event.pk}/publish/", follow=True).content.decode()

    assert "the event is published" in page
    assert event.checkpoints.count() == 1


def test_publish_by_get_is_refused_and_changes_nothing():
    client, office = desk()
    event = factories.event(of=office, status=Status.DRAFT)

    assert client.get(f"/desk/events/{event.pk}/publish/").status_code == 405
    assert _status(event) == Status.DRAFT


@pytest.mark.parametrize("deed", ["publish", "cancel", "close"])
@pytest.mark.parametrize("role", [Role.VIEWER, Role.DOOR])
def test_deeds_without_the_right_are_not_found(deed, role):
    client, office = desk(role)
    event = factories.event(of=office, status=Status.DRAFT if deed == "publish" else Status.PUBLISHED)

    response = client.post(f"/desk/events/{event.pk}/{deed}/", {"reason": "none"})

    assert response.status_code == 404
    assert _status(event) == event.status


# --- cancel --------------------------------------------------------------------------------------------------------------
def test_cancel_page_says_how_many_letters_go():
    client, office = desk()
    event = factories.event(of=office, places=1)
    for _guest in range(2):
        factories.registration(event)

    page = client.get(f"/desk/events/{event.pk}/cancel/").content.decode()

    assert "2 letters will go" in page
    assert _status(event) == Status.PUBLISHED


def test_cancel_tells_the_guests_the_reason():
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(event)

    client.post(f"/desk/events/{event.pk}/cancel/", {"reason": "The hall is flooded."})

    event.refresh_from_db()
    message = OutboxMessage.objects.get(task="registrations.announce")
    assert (event.status, event.cancelled_reason) == (Status.CANCELLED, "The hall is flooded.")
    assert message.payload["kind"] == "event_cancelled"
    assert message.payload["context"] == {"reason": "The hall is flooded."}


def test_cancel_without_a_reason_asks_for_one():
    client, office = desk()
    event = factories.event(of=office)

    response = client.post(f"/desk/events/{event.pk}/cancel/", {"reason": " "})

    assert response.status_code == 422
    assert "reason" in response.context["form"].errors
    assert _status(event) == Status.PUBLISHED


# --- close ---------------------------------------------------------------------------------------------------------------
def _over(office, **fields):
    at = factories.now()
    return factories.event(of=office, at=at - timedelta(days=9), **soon_over(at), **fields)


def test_close_page_shows_what_will_freeze_and_freezes_nothing():
    client, office = desk()
    event = _over(office)
    factories.registration(event, at=event.starts_at - timedelta(days=1))

    response = client.get(f"/desk/events/{event.pk}/close/")

    assert response.context["preview"].counts.confirmed == 1
    assert "Nobody was checked in" in response.content.decode()
    assert not Statement.objects.exists()


def test_close_freezes_a_statement_and_leads_to_it():
    client, office = desk()
    event = _over(office)

    page = client.post(f"/desk/events/{event.pk}/close/", follow=True).content.decode()

    statement = Statement.objects.get(event=event)
    assert _status(event) == Status.CLOSED
    assert f"/desk/totals/statements/{statement.pk}/" in page


def test_close_before_the_end_is_refused():
    client, office = desk()
    event = factories.event(of=office)

    page = client.post(f"/desk/events/{event.pk}/close/", follow=True).content.decode()

    assert "not over yet" in page
    assert not Statement.objects.exists()
    assert (
        '<button class="button button--primary button--large"'
        not in client.get(f"/desk/events/{event.pk}/close/").content.decode()
    )


# --- preview -------------------------------------------------------------------------------------------------------------
def test_preview_of_a_draft_shows_the_public_page_in_the_wanted_language():
    client, office = desk()
    event = factories.event(
        of=office,
        status=Status.DRAFT,
        title={"en": "Clean air", "fr": "L’air pur"},
        languages=["en", "fr"],
        description={"fr": "Un **débat** <script>alert(1)</script>"},
    )

    page = client.get(f"/desk/events/{event.pk}/preview/?language=fr").content.decode()

    assert "<h1>L’air pur</h1>" in page
    assert "<strong>débat</strong>" in page
    assert "<script>alert(1)" not in page
    assert f'href="/desk/events/{event.pk}/"' in page
    assert client.get(f"/events/{event.slug}/").status_code == 404


def test_preview_by_a_co_host_of_a_draft_is_not_found():
    client, office = desk()
    event = factories.event(status=Status.DRAFT)
    CoHost.objects.create(event=event, delegation=office)

    assert client.get(f"/desk/events/{event.pk}/preview/").status_code == 404


def test_preview_writes_nothing():
    client, office = desk()
    event = factories.event(of=office)
    before = (OutboxMessage.objects.count(), Letter.objects.count())

    client.get(f"/desk/events/{event.pk}/preview/")

    assert (OutboxMessage.objects.count(), Letter.objects.count()) == before
