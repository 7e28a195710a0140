"""How a badge code arrives from a scanner that types."""

import pytest

from checkin.codes import candidates, digest

CODE = "AQWZM234567ABCDEFGHIJKLMNO"


def azerty(code):
    """What an AZERTY machine makes of a scanner that types for a QWERTY keyboard, upper case by Shift."""
    return code.translate(str.maketrans("AQWZM234567", "QAZW?é\"'(-è"))


def test_candidates_plain_code_is_itself():
    assert candidates(CODE) == [CODE]


@pytest.mark.parametrize(
    "text",
    [f"{CODE[:5]} {CODE[5:]}", f"{CODE[:5]}-{CODE[5:]}", CODE.lower(), f"\t{CODE}\r\n", f"{CODE[:9]}–{CODE[9:]}"],
)
def test_candidates_gaps_and_case_do_not_matter(text):
    assert candidates(text) == [CODE]


def test_candidates_azerty_machine_is_seen_through():
    assert CODE in candidates(azerty(CODE))


def test_candidates_unshifted_digits_alone_are_seen_through():
    assert CODE in candidates(CODE.translate(str.maketrans("234567", "é\"'(-è")))


def test_candidates_letters_alone_may_be_garbled_too():
    letters = "AQWZBCDEFGHIJKLNOPRSTUVXYB"

    assert candidates(azerty(letters)) == [azerty(letters), letters]


@pytest.mark.parametrize(
    "text", ["", "short", CODE + "A", CODE[:-1] + "1", CODE[:-1] + "Ä", "https://event.example/é", "\ud800", "\0" * 26]
)
def test_candidates_anything_else_is_no_code(text):
    assert candidates(text) == []


def test_digest_tells_texts_apart_whatever_is_in_them():
    assert len({digest("a"), digest("b"), digest("\ud800"), digest("")}) == 4
