import io
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from core.documents import LettersMissing
from registrations.badges import badge_pdf
from registrations.models import Registration
from tests import factories
from tests.registrations.badges import pages

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NAMES = [
    ("Ana", "Exemplová"),
    ("Jo", "Wu"),
    ("Θεσσαλονίκη", "Παπαδοπούλου-Κωνσταντινίδη"),
    ("Łucja", "Żółć"),
    ("Maximiliane-Franziska", "Freifrau von Oberhuber-Schwarzenbrunner zu Hohenexempel"),
    ("Maria Magdalena Antónia", "de Albuquerque e Vasconcelos Figueiredo"),
    ("Wolfeschlegelsteinhausenbergerdorffvoralternwarengewissenhaft", "Schafswesen"),
    ("W" * 100, "M" * 100),
    ("Ag" * 50, "-" + "x" * 99),
    ("- -", "'"),
]
# Letters that join to one sign in print (fi, ff) would come out of the page as such, so f stays out.
_LETTERS = "aàbcçdeéèghiijłklmnñoöøpqrsśtuüvwxyzżÁBČDÉGĦIJKĽMŇOÖPRŠTÚVWXYŽαβγΔΩ'"
_WORDS = st.lists(st.text(_LETTERS, min_size=1, max_size=24), min_size=1, max_size=6).flatmap(
    lambda words: st.sampled_from([" ", "-", ""]).map(lambda between: between.join(words)[:100].strip(" -") or "x")
)


@pytest.fixture
def guest():
    event = factories.event(
        title={"en": "Cities and water", "fr": "Villes et eau"},
        languages=["en", "fr"],
        at=datetime(2026, 3, 1, tzinfo=UTC),
        starts_at=datetime(2026, 3, 30, 16, tzinfo=UTC),
        ends_at=datetime(2026, 3, 30, 18, tzinfo=UTC),
    )
    made = factories.registration(
        event, at=datetime(2026, 3, 1, 9, tzinfo=UTC), given_name="Ana", family_name="Exemplová"
    )
    return Registration.objects.select_related("event__delegation", "event__venue").get(pk=made.pk)


def named(guest, given, family, organisation="City of Example"):
    guest.given_name, guest.family_name, guest.organisation = given, family, organisation
    return guest


def bare(text):
    """Without the hyphens at which a name may be parted."""
    return text.replace(" ", "").replace("-", "")


def test_badge_pdf_is_one_a6_page_in_the_guests_language_and_the_events_time(guest):
    guest.language = "fr"

    pdf = badge_pdf(guest, AT)

    (page,) = PdfReader(io.BytesIO(pdf)).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [105, 148]
    (text,) = pages.words(pdf)
    assert "Villeseteau" in text
    assert "Lundi30mars202618:00–20:00HouseofRegions1ruedel’Exemple1040Brussels" in text
    assert guest.badge_code in text


def test_badge_pdf_is_tagged_in_its_language_with_the_name_to_jump_to(guest):
    guest.language = "fr"

    reader = PdfReader(io.BytesIO(badge_pdf(guest, AT)))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert "Ana Exemplová" in reader.metadata.title
    assert [entry.title for entry in reader.outline] == ["Ana Exemplová"]


def test_badge_pdf_twice_gives_equal_bytes(guest):
    assert badge_pdf(guest, AT) == badge_pdf(guest, AT)


def test_badge_pdf_asks_the_database_for_nothing_when_all_is_at_hand(guest, django_assert_num_queries):
    with django_assert_num_queries(0):
        badge_pdf(guest, AT)


@pytest.mark.parametrize(("given", "family"), NAMES)
def test_badge_pdf_of_any_name_cuts_nothing_and_scans(guest, given, family):
    pdf = badge_pdf(named(guest, given, family, "Ministerium " * 16), AT)

    (text,) = pages.words(pdf)
    (picture,) = pages.pictures(pdf)
    assert bare(given) in bare(text)
    assert bare(family) in bare(text)
    assert "Ministerium" * 16 in text
    assert pages.codes(picture) == [guest.badge_code]


@pytest.mark.parametrize(("given", "family"), NAMES)
def test_badge_pdf_of_any_name_keeps_margin_and_quiet_zone_free(guest, given, family):
    (picture,) = pages.pictures(badge_pdf(named(guest, given, family, "Ministerium " * 16), AT))

    # From under the coloured head to over the foot, nothing but paper 2 mm from either edge.
    assert not pages.dark_in(picture, 0, 29.5, 2, 140)
    assert not pages.dark_in(picture, 103, 29.5, 105, 140)
    ((left, top, right, bottom),) = pages.boxes(picture)
    module = (right - left) / 25
    assert module >= 0.5
    zone = 4 * module - 0.15
    for box in (
        (left - zone, top - zone, right + zone, top - 0.3),
        (left - zone, bottom + 0.3, right + zone, bottom + zone),
        (left - zone, top - zone, left - 0.3, bottom + zone),
        (right + 0.3, top - zone, right + zone, bottom + zone),
    ):
        assert not pages.dark_in(picture, *box)


@pytest.mark.parametrize(
    ("given", "least", "most"),
    [("Ana", 72, 72), ("Alexandrina", 36, 60), ("Maximiliane-Franziska", 36, 60), ("Maria Magdalena Antónia", 36, 36)],
)
def test_badge_pdf_sets_the_given_name_largest_between_72_and_36_points(guest, given, least, most):
    sizes = pages.sizes(badge_pdf(named(guest, given, "Exemplová"), AT))

    largest = max(sizes.values())
    assert least <= largest <= most
    assert {text for text, size in sizes.items() if size == largest} == set(given.replace("-", "- ").split())


def test_badge_pdf_of_a_speaker_says_so(guest):
    guest.part = "speaker"

    assert pages.words(badge_pdf(guest, AT))[0].endswith("SPEAKER")


def test_badge_pdf_of_letters_no_font_has_is_found_out(guest):
    with pytest.raises(LettersMissing, match="李"):
        badge_pdf(named(guest, "李", "明"), AT)


def test_badge_pdf_of_an_event_with_a_picture_in_its_title_goes_without_the_picture(guest):
    guest.event.title = type(guest.event.title)({"en": "Cities 🌍 and water 🎉"})

    assert "Citiesandwater" in pages.words(badge_pdf(guest, AT))[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_name=_WORDS, family_name=_WORDS, organisation=_WORDS)
def test_badge_pdf_of_whatever_people_are_called_is_one_whole_page(guest, given_name, family_name, organisation):
    pdf = badge_pdf(named(guest, given_name, family_name, organisation), AT)

    (text,) = pages.words(pdf)
    for words in (given_name, family_name, organisation):
        assert bare(words) in bare(text)
