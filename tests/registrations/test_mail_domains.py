"""Slips of the finger in mail domains."""

import pytest

from registrations.mail_domains import suggestion


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ana@gmial.com", "ana@gmail.com"),
        ("ana@gmail.co", "ana@gmail.com"),
        ("Ana@Hotmial.com", "Ana@hotmail.com"),
        ("ana@outlok.com", "ana@outlook.com"),
    ],
)
def test_suggestion_for_a_slip_gives_the_likely_address(typed, meant):
    assert suggestion(typed) == meant


@pytest.mark.parametrize(
    "typed", ["ana@gmail.com", "ana@ec.europa.eu", "ana@lille.fr", "ana@hessen.example", "ana@gmx.ch", "ana", ""]
)
def test_suggestion_for_other_domains_is_none(typed):
    assert suggestion(typed) is None
