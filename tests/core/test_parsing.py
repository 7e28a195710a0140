"""What the API reads of a body."""

import io
import json
from typing import Any

import pytest
from rest_framework.exceptions import ParseError

from core.parsing import DEEPEST, BoundedJSONParser, keepable


def parse(text: str | bytes) -> Any:
    body = text if isinstance(text, bytes) else text.encode()
    return BoundedJSONParser().parse(io.BytesIO(body), parser_context={"encoding": "utf-8"})


@pytest.mark.parametrize(
    "value",
    [
        {"name": "Łódź 🎉 Θεσσαλονίκη", "answers": {"diet": None, "seats": [1, 2.5, True]}},
        "🎉",
        [],
        "a typed \\u0000 is six harmless characters",
        "\\\\u0000",
        [[index] for index in range(1000)],
    ],
)
def test_parse_sound_json_gives_its_value(value: Any) -> None:
    assert parse(json.dumps(value)) == value
    assert parse(json.dumps(value, ensure_ascii=False)) == value


@pytest.mark.parametrize(
    "value",
    ["\0", "a\ud800", "\udc00", {"deep": [{"er": ["\0"]}]}, {"\0": 1}, {"\ud83d": 1}, ["\udf89\ud83c"]],
)
def test_keepable_text_that_no_database_keeps_is_told(value: Any) -> None:
    assert not keepable(value)


@pytest.mark.parametrize("value", ["", "🎉", "\\u0000", {"Łódź": ["Θ", None, 1, True]}])
def test_keepable_any_other_value_is(value: Any) -> None:
    assert keepable(value)


@pytest.mark.parametrize("depth", [DEEPEST + 1, 500, 200_000])
def test_parse_bottomless_nesting_is_refused(depth: int) -> None:
    with pytest.raises(ParseError, match="nested too deeply"):
        parse("[" * depth + "]" * depth)


def test_parse_deepest_nesting_is_read() -> None:
    assert parse("[" * DEEPEST + "]" * DEEPEST)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{", "Expecting property name"),
        ("", "Expecting value"),
        ("[1e999]", "1e999 is out of range"),
        ("[NaN]", "NaN"),
        ("[-Infinity]", "Infinity"),
        ("9" * 5000, "4300"),
        (b'"\xff"', "can't decode"),
        ('"a\0"', "control character"),
    ],
)
def test_parse_what_is_no_json_is_refused_with_the_reason(body: str | bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        parse(body)


def test_parse_unknown_encoding_is_refused() -> None:
    with pytest.raises(ParseError, match="klingon"):
        BoundedJSONParser().parse(io.BytesIO(b"{}"), parser_context={"encoding": "klingon"})
