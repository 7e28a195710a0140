"""The trap and the stamp of public forms."""

import pytest
from django import forms

from core.guard import GuardedForm
from tests.registrations.views import filling


class Question(GuardedForm):
    answer = forms.CharField()


def ask(**data) -> Question:
    return Question({"answer": "yes", "stamp": filling.stamp("question"), **data}, purpose="question")


def test_guarded_form_lets_a_person_through_and_keeps_its_own_fields_to_itself():
    form = ask()

    assert form.is_valid()
    assert form.cleaned_data == {"answer": "yes"}


@pytest.mark.parametrize(
    ("trap", "purpose", "age", "words"),
    [
        ("https://robot.example", "question", 60, "should stay empty"),
        ("", "question", -30, "faster than a person types"),
        ("", "question", 13 * 3600, "open for a long time"),
        ("", "another", 60, "when this page was opened"),
    ],
)
def test_guarded_form_stops_a_robot_and_says_what_to_do(trap, purpose, age, words):
    form = ask(website=trap, stamp=filling.stamp(purpose, age))

    assert not form.is_valid()
    assert words in str(form.non_field_errors())
    assert 'value="yes"' in str(form["answer"])
    assert "robot.example" not in str(form["website"])


def test_guarded_form_with_another_mistake_speaks_of_that_alone():
    form = ask(answer="", stamp=filling.stamp("question", -30))

    assert list(form.errors) == ["answer"]


def test_guarded_form_that_was_too_old_passes_when_sent_again():
    old = ask(stamp=filling.stamp("question", 13 * 3600))
    old.is_valid()

    renewed = Question(old.data, purpose="question")

    assert not renewed.is_valid()
    assert "faster than a person types" in str(renewed.non_field_errors())


def test_guarded_form_without_a_stamp_asks_for_another_try():
    form = ask(stamp="")

    assert "when this page was opened" in str(form.non_field_errors())
