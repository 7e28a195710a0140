import pytest

from core.models import Job, OutboxMessage
from registrations.badges.sheets import Layout
from registrations.services.badges import NothingToPrint, SheetNotPossible, start_badges
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.event(format="hybrid", online=10, venue=factories.venue(), places=2)


def test_start_badges_of_all_leaves_a_job_to_the_worker(event):
    owner = factories.user()
    factories.registration(event)

    job = start_badges(event=event, owner=owner, at=factories.now(), layout=Layout.A6, offset_x=1)

    assert (job.owner, job.kind, job.state) == (owner, "badges", Job.State.QUEUED)
    assert job.params["registrations"] is None
    assert OutboxMessage.objects.get(task="registrations.print_badges").payload == {"job": str(job.pk)}


@pytest.mark.parametrize("who", ["waitlisted", "online", "elsewhere", "nobody"])
def test_start_badges_of_those_who_get_none_is_refused(event, who):
    factories.registration(event)
    factories.registration(event)
    chosen = {
        "waitlisted": lambda: [factories.registration(event).pk],
        "online": lambda: [factories.registration(event, mode="online").pk],
        "elsewhere": lambda: [factories.registration(factories.event()).pk],
        "nobody": list,
    }[who]()

    with pytest.raises(NothingToPrint):
        start_badges(event=event, owner=factories.user(), at=factories.now(), layout=Layout.A6, registrations=chosen)

    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "wish", [{"offset_x": 21}, {"offset_y": -20.5}, {"start": 0}, {"start": 11}, {"offset_x": float("nan")}]
)
def test_start_badges_on_an_impossible_sheet_is_refused(event, wish):
    factories.registration(event)

    with pytest.raises(SheetNotPossible) as caught:
        start_badges(event=event, owner=factories.user(), at=factories.now(), layout=Layout.LABELS, **wish)

    assert any(digit in str(caught.value) for digit in ("20", "10"))
    assert not Job.objects.exists()


def test_start_badges_on_an_unknown_layout_is_refused(event):
    factories.registration(event)

    with pytest.raises(ValueError, match="a7"):
        start_badges(event=event, owner=factories.user(), at=factories.now(), layout="a7")
