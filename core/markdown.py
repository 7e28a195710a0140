"""Markdown that members write, as HTML that is safe on a page and fits below its headings."""

from collections.abc import Sequence
from functools import lru_cache
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

# No pictures: they would be fetched from elsewhere, and a page of ours asks nobody else for anything.
TAGS = {
    "p",
    "br",
    "hr",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "s",
    "code",
    "pre",
    "blockquote",
    "a",
}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def to_html(text: str, *, top: int = 2) -> SafeString:
    """``text`` as HTML without scripts, pictures and raw HTML; its highest heading becomes ``<h{top}>``, none is above it."""
    if not text.strip():
        return mark_safe("")
    parser = _parser()
    tokens = parser.parse(text)
    _shift_headings(tokens, top)
    html = parser.renderer.render(tokens, parser.options, {})
    return mark_safe(  # noqa: S308  nh3 has taken out all that is not on the lists above
        nh3.clean(
            html,
            tags=TAGS | TABLE_TAGS,
            attributes=ATTRIBUTES,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener nofollow",
        )
    )


def _shift_headings(tokens: Sequence[Token], top: int) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    shift = top - min((int(token.tag[1]) for token in headings), default=top)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"


def to_plain(text: str) -> str:
    """``text`` without its marks, on one line, unescaped: whoever puts it on a page escapes it."""
    return " ".join(unescape(nh3.clean(str(to_html(text)), tags=set())).split())
