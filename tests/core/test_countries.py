"""Names of countries."""

from django.utils import translation

from core.countries import country_name, country_names


def test_country_names_stand_where_readers_look_for_them():
    german = list(country_names("de").values())

    assert german.index("Österreich") < german.index("Pakistan")
    assert german.index("Ägypten") < german.index("Belgien")


def test_country_names_hold_countries_and_no_groups_of_them():
    names = country_names("en")

    assert names["BE"] == "Belgium"
    assert not {"EU", "UN", "ZZ", "XA"} & names.keys()
    assert len(names) > 240


def test_country_name_follows_the_language_and_gives_back_what_it_does_not_know():
    with translation.override("fr"):
        assert country_name("DE") == "Allemagne"
        assert country_name("??") == "??"
