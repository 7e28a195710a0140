"""PDF documents, set by Typst from a template and data: tagged (PDF/UA-1), reproducible, and never with holes in a name.

Data reaches a template as JSON in ``sys.inputs.data``, so nothing in it is ever read as markup. Typst's threads do not
survive a fork: compile only in processes that fork no children which compile (web processes, Celery's pool children).
"""

import json
import os
import threading
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.glyphs import FONTS, font_files, missing_letters

if TYPE_CHECKING:
    import typst


class CompiledBeforeFork(RuntimeError):
    """The parent of this process compiled before it forked; compiling here would hang for ever."""


class LettersMissing(Exception):
    """A text has letters that no font of ours can print. ``found`` maps each such text to its missing letters."""

    def __init__(self, found: Mapping[str, set[str]]) -> None:
        self.found = {text: sorted(letters) for text, letters in found.items()}
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The sentence for the person: which letters, in which texts."""
        return " ".join(
            _("“%(text)s” can't be printed: our fonts lack %(letters)s.") % {"text": text, "letters": " ".join(letters)}
            for text, letters in self.found.items()
        )


def render_pdf(template: Path, data: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of a Typst ``template`` (which may read files beside itself) with ``data``, dated ``at``.

    Equal arguments give equal bytes. Raises LettersMissing, core.glyphs.FontsMissing, CompiledBeforeFork, and typst.TypstError
    for a faulty template: one without a title or with a picture without text alternative counts as faulty.
    """
    found = {text: letters for text in _texts(data) if (letters := missing_letters(text))}
    if found:
        raise LettersMissing(found)
    return _press.compile(template, json.dumps(data, ensure_ascii=False), int(at.timestamp()))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)


class _Press:
    """The one compiler of a process, made when first needed, for one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._compiler: typst.Compiler | None = None
        self._pid: int | None = None

    def compile(self, template: Path, data: str, timestamp: int) -> bytes:
        if self._pid not in (None, os.getpid()):
            raise CompiledBeforeFork("Typst compiled in the parent of this process; compile in the children only.")
        with self._lock:
            document = self._ready().compile(
                str(template),
                sys_inputs={"data": data},
                root=str(template.parent),
                pdf_standards=["ua-1"],
                timestamp=timestamp,
            )
        if not isinstance(document, bytes):
            raise TypeError("Typst gave no PDF.")
        return document

    def _ready(self) -> "typst.Compiler":
        if self._compiler is None:
            import typst

            font_files()
            self._pid = os.getpid()
            fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
            self._compiler = typst.Compiler(font_paths=fonts)
        return self._compiler


_press = _Press()
