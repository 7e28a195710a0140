import io

import pytest
from pypdf import PdfReader

from core.models import Job, OutboxMessage
from delegations.enums import Role
from events.enums import Status
from registrations.badges.printing import print_badges
from tests import factories
from tests.desk.makers import desk

pytestmark = pytest.mark.django_db

SHEET = {"layout": "labels", "start": "1", "offset_x": "0", "offset_y": "0"}


@pytest.fixture
def office_with_guests(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    client, office = desk()
    event = factories.event(of=office)
    guests = [factories.registration(event, family_name=name) for name in ("Alpha", "Bravo", "Charlie")]
    return client, event, guests


def _post(client, event, **changes):
    return client.post(f"/desk/events/{event.pk}/badges/", {**SHEET, **changes})


def _do_the_job():
    message = OutboxMessage.objects.get(task="registrations.print_badges", done_at=None)
    print_badges(message.pk)


def test_badges_of_all_are_made_by_the_worker_and_downloaded_by_who_asked(office_with_guests):
    client, event, guests = office_with_guests

    at_work = client.get(_post(client, event).url).content.decode()
    _do_the_job()
    job = Job.objects.get()
    ready = client.get(f"/desk/jobs/{job.pk}/").content.decode()
    response = client.get(f"/desk/jobs/{job.pk}/file/")
    text = PdfReader(io.BytesIO(b"".join(response.streaming_content))).pages[0].extract_text()
    response.close()

    assert 'hx-trigger="every 1s"' in at_work
    assert "Look again" in at_work
    assert "hx-trigger" not in ready
    assert f"/desk/jobs/{job.pk}/file/" in ready
    assert all(guest.family_name in text for guest in guests)


def test_badges_of_those_selected_are_of_nobody_else(office_with_guests):
    client, event, guests = office_with_guests

    _post(client, event, selected=[guests[1].pk])

    assert Job.objects.get().params["registrations"] == [guests[1].pk]


def test_badges_page_keeps_the_selection_of_the_list(office_with_guests):
    client, event, guests = office_with_guests

    page = client.get(
        f"/desk/events/{event.pk}/badges/?selected={guests[0].pk}&selected=999999&selected=x"
    ).content.decode()

    assert f'value="{guests[0].pk}" checked' in page
    assert f'value="{guests[1].pk}" checked' not in page
    assert "1 of those you ticked gets no badge" in page


def test_badges_with_an_impossible_start_say_so(office_with_guests):
    client, event, _guests = office_with_guests

    response = _post(client, event, layout="a6", start="4")

    assert response.status_code == 422
    assert "places 1 to 1" in response.context["form"].errors["start"][0]
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"layout": "poster"}, "layout"),
        ({"offset_x": "21"}, "offset_x"),
        ({"offset_y": "NaN"}, "offset_y"),
        ({"start": "0"}, "start"),
    ],
)
def test_badges_with_a_mistake_point_at_it(office_with_guests, changes, field):
    client, event, _guests = office_with_guests

    response = _post(client, event, **changes)

    assert field in response.context["form"].errors
    assert not Job.objects.exists()


def test_badges_of_a_guest_of_another_event_are_refused(office_with_guests):
    client, event, _guests = office_with_guests
    other = factories.registration(factories.event())

    response = _post(client, event, selected=[other.pk])

    assert response.status_code == 422
    assert not Job.objects.exists()


def test_trial_page_comes_at_once_and_starts_no_job(office_with_guests):
    client, event, _guests = office_with_guests

    response = _post(client, event, trial="1", offset_x="1.5")

    assert response.headers["Content-Type"] == "application/pdf"
    assert "1.5" in PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert not Job.objects.exists()


def test_badges_without_guests_say_so():
    client, office = desk()

    page = client.get(f"/desk/events/{factories.event(of=office).pk}/badges/").content.decode()

    assert "There is no badge to print yet" in page


def test_badges_of_a_draft_lead_back():
    client, office = desk()
    event = factories.event(of=office, status=Status.DRAFT)

    assert client.get(f"/desk/events/{event.pk}/badges/").url == f"/desk/events/{event.pk}/"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DOOR])
def test_badges_for_a_role_without_guests_are_not_found(role):
    client, office = desk(role)
    event = factories.event(of=office)
    factories.registration(event)

    assert _post(client, event).status_code == 404
    assert not Job.objects.exists()


def test_job_of_a_colleague_is_not_found(office_with_guests):
    client, event, _guests = office_with_guests
    _post(client, event)
    _do_the_job()
    job = Job.objects.get()
    colleague, _office = desk(of=event.delegation)

    assert colleague.get(f"/desk/jobs/{job.pk}/").status_code == 404
    assert colleague.get(f"/desk/jobs/{job.pk}/file/").status_code == 404


def test_job_file_before_it_is_ready_is_not_found(office_with_guests):
    client, event, _guests = office_with_guests
    _post(client, event)

    assert client.get(f"/desk/jobs/{Job.objects.get().pk}/file/").status_code == 404


def test_job_that_failed_says_why(office_with_guests):
    client, event, _guests = office_with_guests
    _post(client, event)
    Job.objects.update(state=Job.State.FAILED, error="The worker was out of paper.")

    page = client.get(f"/desk/jobs/{Job.objects.get().pk}/").content.decode()

    assert "The worker was out of paper." in page
    assert "hx-trigger" not in page
