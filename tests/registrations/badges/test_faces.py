from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from events.models import Room
from registrations.badges.faces import event_texts, readable_on, when, without_signs
from tests import factories

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "Monday, 30 March 2026"),
        ("fr", "Lundi 30 mars 2026"),
        ("nl", "Maandag 30 maart 2026"),
        ("de", "Montag, 30. März 2026"),
    ],
)
def test_when_on_one_day_names_it_as_its_language_does(language, day):
    start = datetime(2026, 3, 30, 18, tzinfo=BRUSSELS)

    assert when(start, start.replace(hour=20), language) == [day, "18:00 – 20:00"]


def test_when_over_two_days_names_both():
    start = datetime(2026, 3, 30, 9, tzinfo=BRUSSELS)

    assert when(start, start.replace(day=31, hour=17), "en") == ["30 March 2026, 09:00 –", "31 March 2026, 17:00"]


@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#1f4d3a", "#ffd34d", "#808080", "#777777", "#e30613", "#0b57c2"]
)
def test_readable_on_any_colour_has_the_contrast_of_small_text(colour):
    def luminance(value):
        parts = [int(value[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted([luminance(colour), luminance(readable_on(colour))], reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_without_signs_takes_pictures_out_and_leaves_letters_to_be_found_missing():
    assert without_signs("Cities 🌍  and – “water” 🎉 20 € 城") == "Cities and – “water” 20 € 城"


@pytest.mark.django_db
def test_event_texts_fall_back_to_a_language_of_the_event_and_say_which(django_assert_num_queries):
    place = factories.venue()
    made = factories.event(
        title={"fr": "Villes et eau"},
        languages=["fr"],
        venue=place,
        room=Room.objects.create(venue=place, name="Salle Horta", capacity=60),
    )
    event = type(made).objects.select_related("delegation", "venue", "room").get(pk=made.pk)

    with django_assert_num_queries(0):
        texts = event_texts(event, "de")

    assert (texts["lang"], texts["title"], texts["title_lang"]) == ("de", "Villes et eau", "fr")
    assert texts["where"] == ["House of Regions", "Salle Horta", "1 rue de l’Exemple", "1040 Brussels"]
    assert event_texts(event, "en", "online")["where"] == ["Online"]
