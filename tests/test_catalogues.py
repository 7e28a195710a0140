"""The catalogues are complete, and the check that says so can tell."""

import pytest
from babel.messages.catalog import Catalog

from tests import catalogues

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    """The texts that the code has today; skips where xgettext is missing."""
    try:
        return catalogues.gathered()
    except RuntimeError as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_catalogue_translates_every_text_of_the_code(language: str, wanted: Catalog) -> None:
    found = catalogues.read(catalogues.ROOT / "locale" / language / "LC_MESSAGES" / "django.po")

    assert len(wanted) > 100
    assert not catalogues.faults(language, wanted, found)


@pytest.mark.parametrize(
    ("translation", "reason"),
    [
        ("", "is not translated"),
        ("Bonjour", "has other placeholders: %(name)s"),
        ("Bonjour %(nom)s", "has other placeholders: %(name)s, %(nom)s"),
        ("Bonjour %(name)s", None),
    ],
)
def test_fault_in_a_translation_is_named(translation: str, reason: str | None) -> None:
    wanted, found = Catalog(), Catalog()
    wanted.add("Hello %(name)s")
    found.add("Hello %(name)s", translation)

    faults = catalogues.faults("fr", wanted, found)

    assert faults == ([f"fr: “Hello %(name)s” {reason}"] if reason else [])


def test_text_that_no_catalogue_has_and_a_guess_are_named() -> None:
    wanted, found = Catalog(), Catalog()
    wanted.add("Register")
    wanted.add("Cancel")
    found.add("Cancel", "Annuler", flags=["fuzzy"])

    faults = catalogues.faults("fr", wanted, found)

    assert faults == ["fr: “Register” is not in the catalogue (make messages)", "fr: “Cancel” is marked as fuzzy"]
