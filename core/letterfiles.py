"""Letters that were written as files: the newest first, and one of them taken apart."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path
from typing import Any, cast

from django.conf import settings

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*\.eml")
_CID = re.compile(r"cid:([^\"'\s)]+)")


class NoSuchLetter(LookupError):
    """There is no letter of that name."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a letter."""

    number: int
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class LetterFile:
    """One letter of the folder; ``parsed`` may hold its headers only."""

    name: str
    parsed: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.parsed["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.parsed["To"] or "")

    @property
    def sender(self) -> str:
        return str(self.parsed["From"] or "")

    @property
    def language(self) -> str:
        return str(self.parsed["Content-Language"] or "")

    @property
    def sent_at(self) -> datetime | None:
        """The letter's own date, aware."""
        date: Any = self.parsed["Date"]
        return date.datetime if date else None

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML with its pictures inside, so that showing it asks nobody for anything; "" where there is none."""
        pictures = dict(self._pictures())
        return _CID.sub(lambda found: pictures.get(found[1], ""), self._body("html"))

    @property
    def attachments(self) -> list[Attachment]:
        parts = self.parsed.iter_attachments() if self.parsed.is_multipart() else iter(())
        return [
            Attachment(number, part.get_filename() or f"{number}", part.get_content_type(), _bytes(part))
            for number, part in enumerate(parts)
        ]

    def _body(self, kind: str) -> str:
        part = self.parsed.get_body(preferencelist=(kind,))
        return str(part.get_content()) if part else ""

    def _pictures(self) -> Iterator[tuple[str, str]]:
        for part in self.parsed.walk():
            if part["Content-ID"] and part.get_content_maintype() == "image":
                data = base64.b64encode(_bytes(part)).decode()
                yield str(part["Content-ID"]).strip("<> "), f"data:{part.get_content_type()};base64,{data}"


def _bytes(part: EmailMessage) -> bytes:
    return cast(bytes, part.get_payload(decode=True) or b"")


def names() -> list[str]:
    """The names of all letters, newest first."""
    folder = Path(settings.MAIL_FOLDER)
    return sorted((path.name for path in folder.glob("*.eml") if _NAME.fullmatch(path.name)), reverse=True)


def heads(of: list[str]) -> list[LetterFile]:
    """The headers of the letters ``of`` these names."""
    parser = BytesHeaderParser(policy=policy.default)
    return [LetterFile(name, parser.parsebytes(raw(name))) for name in of]


def find(name: str) -> LetterFile:
    """The whole letter ``name``. Raises NoSuchLetter."""
    return LetterFile(name, BytesParser(policy=policy.default).parsebytes(raw(name)))


def raw(name: str) -> bytes:
    """The file as it is. Raises NoSuchLetter; a name never leads out of the folder."""
    if not _NAME.fullmatch(name):
        raise NoSuchLetter(name)
    try:
        return (Path(settings.MAIL_FOLDER) / name).read_bytes()
    except FileNotFoundError:
        raise NoSuchLetter(name) from None
