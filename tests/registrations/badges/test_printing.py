import io
from datetime import UTC, datetime

import pytest
from PIL import Image
from pypdf import PdfReader

from core import outbox
from core.models import Job, OutboxMessage
from registrations.badges.printing import print_badges, trial_page
from registrations.badges.sheets import SHEETS, Layout
from registrations.services.badges import start_badges
from tests import factories
from tests.registrations.badges import pages

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NAMES = [
    ("Ana", "Żółć"),
    ("Bo", "Åkerlund"),
    ("Maximiliane-Franziska", "Zu Hohenexempel"),
    ("W" * 100, "M" * 100),
    ("Θέκλα", "Abc"),
]


@pytest.fixture
def event():
    return factories.event(title={"en": "Cities and water", "fr": "Villes et eau"}, languages=["en", "fr"])


def printed(event, owner=None, **wishes):
    """What the worker makes of it: the job as it ended, and the PDF."""
    wishes = {"layout": Layout.LABELS, "at": factories.now(), **wishes}
    job = start_badges(event=event, owner=owner or factories.user(), **wishes)
    outbox_work(job)
    job.refresh_from_db()
    if not job.file:
        return job, b""
    with job.file.open() as file:
        return job, file.read()


def outbox_work(job):
    print_badges(OutboxMessage.objects.get(payload={"job": str(job.pk)}).pk)


def scanned(pdf):
    return [code for picture in pages.pictures(pdf) for code in pages.codes(picture)]


@pytest.mark.parametrize("layout", Layout)
def test_print_badges_of_each_layout_print_whole_names_and_scan(event, layout):
    guests = [factories.registration(event, given_name=given, family_name=family) for given, family in NAMES]

    job, pdf = printed(event, layout=layout)

    text = "".join(pages.words(pdf)).replace("-", "")
    assert (job.state, job.percent, job.note, job.error) == (Job.State.DONE, 100, "", "")
    assert all(name.replace(" ", "").replace("-", "") in text for pair in NAMES for name in pair)
    assert sorted(scanned(pdf)) == sorted(guest.badge_code for guest in guests)
    assert len(pages.words(pdf)) == -(-len(guests) // SHEETS[layout].places)


@pytest.mark.parametrize("layout", [Layout.LABELS, Layout.CARDS])
def test_print_badges_on_labels_lie_on_the_labels_with_room_to_scan(event, layout):
    for given, family in NAMES:
        factories.registration(event, given_name=given, family_name=family, organisation="Ministerium " * 16)
    sheet = SHEETS[layout]

    _job, pdf = printed(event, layout=layout)

    (picture,) = pages.pictures(pdf)
    boxes = sorted(pages.boxes(picture), key=lambda box: (round(box[1]), box[0]))
    assert len(boxes) == len(NAMES)
    for index, (left, top, right, bottom) in enumerate(boxes):
        x, y = sheet.corner(index)
        assert x < left < right < x + sheet.size[0]
        assert y < top < bottom < y + sheet.size[1]
        module = (right - left) / 25
        assert module >= 0.5
        zone = 4 * module - 0.15
        assert not pages.dark_in(picture, left - zone, top - zone, left - 0.2, bottom + zone)
        assert not pages.dark_in(picture, left - zone, top - zone, right + zone, top - 0.2)


def test_print_badges_leave_the_paper_beside_the_labels_white(event):
    for given, family in NAMES * 2:
        factories.registration(event, given_name=given, family_name=family)
    sheet = SHEETS[Layout.LABELS]

    _job, pdf = printed(event)

    (picture,) = pages.pictures(pdf)
    for index in range(sheet.places):
        left, top = (round(side * pages.DPI / 25.4) for side in sheet.corner(index))
        width, height = (round(side * pages.DPI / 25.4) for side in sheet.size)
        picture.paste(Image.new("L", (width, height), 255), (left, top))
    assert picture.getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("given", "points"), [("Ana", [36]), ("Maximiliane-Franziska", [24, 36]), ("Maria Magdalena", [24, 36])]
)
def test_print_badges_on_labels_set_the_given_name_largest_between_36_and_24_points(event, given, points):
    factories.registration(event, given_name=given)

    _job, pdf = printed(event)

    sizes = pages.sizes(pdf)
    largest = max(sizes.values())
    assert points[0] <= largest <= points[-1]
    assert {text for text, size in sizes.items() if size == largest} <= {given, *given.replace("-", "- ").split()}


def test_print_badges_come_in_order_of_family_names_as_people_sort_them(event):
    for given, family in NAMES:
        factories.registration(event, given_name=given, family_name=family)

    _job, pdf = printed(event, layout=Layout.A6)

    titles = [entry.title for entry in PdfReader(io.BytesIO(pdf)).outline]
    assert [title.replace("\u00ad", "")[:5] for title in titles] == ["Θέκλα", "Bo Åk", "WWWWW", "Ana Ż", "Maxim"]


def test_print_badges_with_offset_and_start_lie_there(event):
    factories.registration(event)

    _job, pdf = printed(event, offset_x=2, offset_y=-1.5, start=4)

    ((_left, _top, right, bottom),) = pages.boxes(pages.pictures(pdf)[0])
    x, y = SHEETS[Layout.LABELS].corner(3)
    assert right == pytest.approx(x + 2 + 80 - 4, abs=0.2)
    assert bottom == pytest.approx(y - 1.5 + 50 - 4, abs=0.2)


def test_print_badges_on_both_sides_print_the_same_face_on_the_back(event):
    guest = factories.registration(event)

    _job, pdf = printed(event, layout=Layout.A6, both_sides=True)

    front, back = pages.words(pdf)
    assert front == back
    assert scanned(pdf) == [guest.badge_code] * 2


def test_print_badges_speak_each_guests_language_and_the_owners_in_the_title(event):
    factories.registration(event, language="fr", part="speaker", family_name="A")
    factories.registration(event, language="en", part="staff", family_name="B")

    _job, pdf = printed(event, owner=factories.user(language="fr"), layout=Layout.A6)

    first, second = pages.words(pdf)
    assert "Villeseteau" in first
    assert "Citiesandwater" in second
    assert second.endswith("STAFF")
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert "Villes et eau" in reader.metadata.title


def test_print_badges_of_letters_no_font_has_leave_a_line_and_say_whose(event):
    foreign = factories.registration(event, given_name="明", family_name="李", organisation="City of Example")
    other = factories.registration(event, given_name="Ana", organisation="市")

    job, pdf = printed(event)

    (text,) = pages.words(pdf)
    assert job.state == Job.State.DONE
    assert "明 李" in job.note
    assert "市" in job.note
    assert "Ana" in text
    assert "CityofExample" in text
    assert sorted(scanned(pdf)) == sorted([foreign.badge_code, other.badge_code])


def test_print_badges_with_a_title_no_font_has_fail_with_the_reason(event):
    factories.registration(event)
    event.title = {"en": "城市"}
    event.save()

    job, pdf = printed(event)

    assert (job.state, pdf) == (Job.State.FAILED, b"")
    assert "“城市” can't be printed" in job.error


def test_print_badges_after_all_were_cancelled_say_that_nobody_is_left(event):
    guest = factories.registration(event)
    job = start_badges(event=event, owner=factories.user(), at=factories.now(), layout=Layout.A6)
    type(guest).objects.update(status="cancelled")

    outbox_work(job)

    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "Nobody" in job.error


@pytest.fixture
def full_disk(settings):
    """A private storage in which no file can be made: something else lies where the folder of jobs should be."""
    folder, aside = settings.PRIVATE_ROOT / "jobs", settings.PRIVATE_ROOT / "jobs-aside"
    settings.PRIVATE_ROOT.mkdir(exist_ok=True)
    if folder.exists():
        folder.rename(aside)
    folder.touch()
    yield
    folder.unlink()
    if aside.exists():
        aside.rename(folder)


def test_print_badges_that_keep_failing_tell_the_owner_after_three_tries(event, full_disk):
    factories.registration(event)
    job = start_badges(event=event, owner=factories.user(), at=factories.now(), layout=Layout.A6)
    states = []

    for _attempt in range(3):
        OutboxMessage.objects.update(due_at=AT)
        outbox_work(job)
        job.refresh_from_db()
        states.append(job.state)

    assert states == [Job.State.RUNNING, Job.State.RUNNING, Job.State.FAILED]
    assert "try again" in job.error
    assert OutboxMessage.objects.get(task="registrations.print_badges").failed_at


def test_print_badges_nudged_twice_print_once(event):
    factories.registration(event)
    job, _pdf = printed(event)
    ended = job.finished_at

    outbox.sweep(at=factories.now())
    outbox_work(job)

    job.refresh_from_db()
    assert job.finished_at == ended


@pytest.mark.parametrize("guests", [1, 3])
def test_print_badges_ask_as_much_for_three_as_for_one(event, guests, django_assert_num_queries):
    for _number in range(guests):
        factories.registration(event)
    job = start_badges(event=event, owner=factories.user(), at=factories.now(), layout=Layout.A6)

    with django_assert_num_queries(11):
        outbox_work(job)
    job.refresh_from_db()
    assert job.state == Job.State.DONE


@pytest.mark.parametrize("layout", Layout)
def test_trial_page_frames_each_badge_where_it_will_be_printed(layout):
    sheet = SHEETS[layout]

    (plain,) = pages.pictures(trial_page(layout, 0, 0, AT))
    (moved,) = pages.pictures(trial_page(layout, 3, 2, AT))

    middle = (sheet.first[0] + 10, sheet.first[1] + sheet.size[1] / 2)
    left = sheet.first[0]
    assert pages.dark_in(plain, max(left - 0.3, 0), middle[1] - 8, left + 0.3, middle[1] - 7)
    assert not pages.dark_in(moved, max(left - 0.3, 0), middle[1] - 8, left + 0.3, middle[1] - 7)
    assert pages.dark_in(moved, left + 2.7, middle[1] - 6, left + 3.3, middle[1] - 5)


def test_trial_page_is_as_large_as_the_paper_and_says_how_to_use_it():
    pdf = trial_page(Layout.LABELS, 1.5, -2, AT)

    (page,) = PdfReader(io.BytesIO(pdf)).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
    (text,) = pages.words(pdf)
    assert "Thispage:1.5mmtotheright,−2mmdown." in text
    assert "Printat100%" in text
