"""Markdown that members write."""

import re

import pytest

from core.markdown import to_html, to_plain


def test_to_html_keeps_what_a_text_needs():
    html = to_html("Doors at **13:30**.\n\n- one\n- [two](https://example.org/)")

    assert "<strong>13:30</strong>" in html
    assert "<li>one</li>" in html
    assert '<a href="https://example.org/" rel="noopener nofollow">two</a>' in html


def test_to_html_lets_headings_begin_below_those_of_the_page():
    html = to_html("# Programme\n\n## Morning\n\n###### Small")

    assert "<h2>Programme</h2>" in html
    assert "<h3>Morning</h3>" in html
    assert "<h6>Small</h6>" in html
    assert "<h1" not in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://spy.example/pixel.png)",
        '<a href="#" onclick="alert(1)">x</a>',
        "<iframe src=https://spy.example></iframe>",
        "<style>body{display:none}</style>",
    ],
)
def test_to_html_lets_nothing_run_and_nothing_load(text):
    html = to_html(text)

    for part in ("<script", "<img", "<iframe", "<style", 'href="javascript', 'href="data'):
        assert part not in html
    assert not re.search(r"<[^>]*onclick", html)


def test_to_plain_is_one_line_without_marks():
    assert to_plain("# Soil\n\nAll **about** [it](https://example.org/)") == "Soil All about it"


def test_to_html_of_nothing_is_nothing():
    assert to_html("  \n") == ""


def test_to_plain_gives_text_that_is_escaped_once_by_the_page():
    assert to_plain("Tea & cake, 3 > 2") == "Tea & cake, 3 > 2"
