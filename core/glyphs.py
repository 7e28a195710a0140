"""Which letters our fonts can print: Typst leaves out what they lack without a word, so it is asked beforehand."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# Characters that need no glyph: controls, joiners and other format characters, spaces, variation selectors.
_SILENT = {"Cc", "Cf", "Zl", "Zp", "Zs"}
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


class FontsMissing(RuntimeError):
    """The fonts were not built; a matter for the operator."""


def font_files() -> list[Path]:
    """The fonts documents are set in. Raises FontsMissing while they are not built."""
    files = sorted(FONTS.glob("*.ttf"))
    if not files:
        raise FontsMissing(f"No fonts in {FONTS}: build the front end (make build), which puts them there.")
    return files


def missing_letters(text: str) -> set[str]:
    """The characters of ``text`` for which no font of ours has a glyph: Typst would leave them out without a word."""
    if text.isascii():
        return set()
    return {
        letter
        for letter in unicodedata.normalize("NFC", text)
        if not _is_silent(letter) and ord(letter) not in _covered()
    }


def _is_silent(letter: str) -> bool:
    return unicodedata.category(letter) in _SILENT or ord(letter) in _VARIATION_SELECTORS


@cache
def _covered() -> frozenset[int]:
    """Code points that some family has in all its weights: a name must not lose letters for being set in bold."""
    families: dict[str, list[set[int]]] = {}
    for file in font_files():
        families.setdefault(file.stem.split("-")[0], []).append(_code_points(file.read_bytes()))
    return frozenset().union(*(set.intersection(*sets) for sets in families.values()))


def _code_points(font: bytes) -> set[int]:
    """What a TrueType font maps to a glyph: its Unicode ``cmap`` subtables of format 4 and 12 (OpenType 1.9)."""
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    points: set[int] = set()
    for index in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 8 + 8 * index)
        (kind,) = struct.unpack_from(">H", font, start + offset)
        read = {4: _segments, 12: _groups}.get(kind)
        points |= set(read(font, start + offset)) if read else set()
    return points


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        name, _checksum, offset, _length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise FontsMissing(f"A font in {FONTS} has no {tag.decode()} table.")


def _segments(font: bytes, at: int) -> Iterator[int]:
    """Format 4: ranges with either a delta or a list of glyph numbers; glyph 0 means "none"."""
    (twice,) = struct.unpack_from(">H", font, at + 6)
    count = twice // 2
    ends, starts, deltas, offsets = (at + 14, at + 16 + twice, at + 16 + 2 * twice, at + 16 + 3 * twice)
    for index in range(count):
        end, start, delta, offset = (
            struct.unpack_from(">H", font, base + 2 * index)[0] for base in (ends, starts, deltas, offsets)
        )
        for point in range(start, min(end, 0xFFFE) + 1):
            glyph = point
            if offset:
                (glyph,) = struct.unpack_from(">H", font, offsets + 2 * index + offset + 2 * (point - start))
            if glyph if offset else (glyph + delta) & 0xFFFF:
                yield point


def _groups(font: bytes, at: int) -> Iterator[int]:
    """Format 12: (first, last, first glyph)."""
    (count,) = struct.unpack_from(">I", font, at + 12)
    for index in range(count):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * index)
        yield from (point for point in range(first, last + 1) if glyph + point - first)
