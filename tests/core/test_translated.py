"""Text in several languages: read in the reader's, stored as JSON, written by forms of one input a language."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.translated import TranslatedFormField, TranslatedText, validate_translated
from delegations.models import Delegation
from tests import factories


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "Bonjour"), ("nl", "Hello"), ("de", "Hello"), ("fr-be", "Bonjour"), (None, "Hello")],
)
def test_text_in_a_language_falls_back_to_english(language, expected):
    text = TranslatedText({"en": "Hello", "fr": "Bonjour"})

    assert text.in_language(language) == expected


def test_text_without_english_falls_back_to_the_event_then_to_any():
    text = TranslatedText({"nl": "Dag", "fr": "Bonjour"})

    assert text.in_language("de", ["fr"]) == "Bonjour"
    assert text.in_language("de") == "Dag"
    assert text.language_for("de", ["fr"]) == "fr"


def test_text_that_is_empty_in_a_language_counts_as_missing():
    text = TranslatedText({"fr": "", "en": "Hello"})

    with translation.override("fr"):
        assert str(text) == "Hello"
    assert not TranslatedText({"fr": ""})


@pytest.mark.django_db
def test_field_assigned_a_plain_dict_reads_as_text_before_and_after_saving():
    delegation = factories.delegation(name={"en": "Office"})
    delegation.name = {"en": "Bureau"}

    before = delegation.name.in_language("en")
    delegation.save()

    assert (before, Delegation.objects.get().name.in_language("en")) == ("Bureau", "Bureau")
    assert Delegation.objects.filter(name__en="Bureau").exists()


@pytest.mark.parametrize("value", ["text", {"tlh": "x"}, {"en": 1}, ["en"]])
def test_validate_translated_refuses_what_is_not_text_by_language(value):
    with pytest.raises(ValidationError):
        validate_translated(value)


def test_form_field_reads_one_input_a_language_and_leaves_empty_ones_out():
    field = TranslatedFormField(languages=["en", "fr"])

    assert field.clean(["Hello", ""]) == {"en": "Hello"}
    with pytest.raises(ValidationError):
        field.clean(["", ""])
