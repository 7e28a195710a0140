"""Mail: one connection that stays open, what a server's answer means, and letters as files where no server is given."""

import smtplib
import threading
from collections.abc import Sequence
from contextlib import suppress
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.header import Header
from email.message import EmailMessage as MimeMessage
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import EmailPolicy, Policy
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class MailError(Exception):
    """A letter did not go; the text says why, in the mail server's words where it spoke."""


class NotNow(MailError):
    """The server can't take the letter now: it is away, busy, or asks to be tried again."""


class Refused(MailError):
    """The server will never take this letter for this address."""


# A worker process has one of these, opened at its first letter: so never shared over a fork.
_kept = threading.local()


def deliver(message: EmailMessage) -> None:
    """Hand ``message`` to the mail backend of the settings, over the connection that this thread keeps open.

    Raises NotNow or Refused. After NotNow it may be unknown whether the server took the letter.
    """
    connection = _connection()
    message.connection = connection
    try:
        message.send()
    except Exception as error:
        hang_up()
        raise _meaning(error) from error


def hang_up() -> None:
    """Close the connection that this thread keeps, if any."""
    connection = vars(_kept).pop("connection", None)
    if connection is not None:
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def _connection() -> Any:
    connection = vars(_kept).get("connection")
    if connection is not None and _answers(connection):
        return connection
    hang_up()
    connection = get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise NotNow(_words(error)) from error
    # Backends that are no connections (files, memory) are made anew: they cost nothing and follow the settings.
    if getattr(connection, "connection", None) is not None:
        _kept.connection = connection
    return connection


def _answers(connection: Any) -> bool:
    """Whether the server is still there: servers hang up after some minutes of silence."""
    try:
        return bool(connection.connection.noop()[0] == 250)
    except (smtplib.SMTPException, OSError, AttributeError):
        return False


def _meaning(error: Exception) -> Exception:
    """What the failed sending means; an error that is no mail server's is given back as it is."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return Refused(_words(error)) if all(code >= 500 for code in codes) else NotNow(_words(error))
    if isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500:
        return Refused(_words(error))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Refused(_words(error))
    # A refused sender or sign-in is a fault of the installation, which somebody can mend.
    if isinstance(error, (smtplib.SMTPException, OSError)):
        return NotNow(_words(error))
    return error


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers: list[tuple[int, Any]] = list(error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        answers = [(error.smtp_code, error.smtp_error)]
    else:
        return f"{type(error).__name__}: {error}"
    return "; ".join(f"{code} {_text(said)}" for code, said in answers)


def _text(said: Any) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)


class FolderBackend(BaseEmailBackend):
    """Writes each letter as an ``.eml`` file to ``settings.MAIL_FOLDER``; names sort by the time of writing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%dT%H%M%S.%f}-{uuid4().hex[:8]}.eml"
            # A reader of the folder sees whole letters only.
            draft = folder / f".{name}.part"
            draft.write_bytes(message.message().as_bytes())
            draft.replace(folder / name)
        return len(email_messages)


class _Wire(EmailPolicy):
    """SMTP's policy, but with subject and sender folded by ``email.header``.

    Python up to 3.12.4 drops the space between two words of a long non-ASCII header (CPython issue 92081).
    """

    def fold(self, name: str, value: Any) -> str:
        return _folded(name, value, self.linesep) or super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return _folded(name, value, self.linesep).encode("ascii") or super().fold_binary(name, value)


def _folded(name: str, value: Any, linesep: str) -> str:
    """The line or lines of a header that needs our own folding, "" for all others."""
    if str(value).isascii() or name not in ("Subject", "From"):
        return ""
    if name == "Subject":
        return f"{name}: {Header(str(value), 'utf-8', header_name=name).encode(linesep=linesep)}{linesep}"
    [sender] = value.addresses
    words = Header(sender.display_name, "utf-8", header_name=name).encode(linesep=linesep)
    return f"{name}: {words}{linesep} <{sender.addr_spec}>{linesep}"


_WIRE = _Wire(linesep="\r\n")
_QUOTED = Charset("utf-8")
_QUOTED.body_encoding = QP


class _Mime(MimeMessage):
    """A MIME message of the standard library that Django's backends can write: they choose the ends of lines."""

    def as_bytes(self, unixfrom: bool = False, policy: "Policy[Any] | None" = None, linesep: str = "\n") -> bytes:
        return super().as_bytes(unixfrom, (policy or self.policy).clone(linesep=linesep))


class Mail(EmailMessage):
    """A letter as text and HTML, with pictures in the HTML by ``cid:`` name and files beside it.

    Structure: mixed(alternative(text, related(html, pictures)), files), which mail programs show alike. Headers are made
    by the standard library: a line break in one is an error (ValueError), never a further header.
    """

    def __init__(self, *, text: str, html: str, **kwargs: Any) -> None:
        super().__init__(body=text, **kwargs)
        self.html = html
        self.pictures: dict[str, bytes] = {}
        self.files: list[tuple[str, bytes, str, dict[str, str]]] = []

    def add_picture(self, cid: str, png: bytes) -> None:
        """Let the HTML show a PNG as ``<img src="cid:…">``; ``cid`` is plain ASCII."""
        self.pictures[cid] = png

    def add_file(self, name: str, content: bytes, content_type: str, **params: str) -> None:
        """Attach a file."""
        self.files.append((name, content, content_type, params))

    def message(self, *, policy: Any = _WIRE) -> Any:
        mime: Any = _Mime(policy=policy)
        mime["Subject"], mime["From"], mime["To"] = self.subject, self.from_email, ", ".join(self.to)
        if self.reply_to:
            mime["Reply-To"] = ", ".join(self.reply_to)
        for name, value in self.extra_headers.items():
            mime[name] = value
        mime["MIME-Version"], mime["Content-Type"] = "1.0", "multipart/mixed"
        # The parts are of the older, plain classes: the newer ones parse each header that they are given, which
        # takes four times as long as all the rest.
        mime.attach(MIMEMultipart("alternative", _subparts=[_text_part(str(self.body), "plain"), self._page()]))
        for file in self.files:
            mime.attach(_file_part(*file))
        return mime

    def _page(self) -> MIMEMultipart:
        page = MIMEMultipart("related", _subparts=[_text_part(self.html, "html")])
        for cid, png in self.pictures.items():
            picture = MIMEImage(png, "png")
            picture.add_header("Content-ID", f"<{cid}>")
            picture.add_header("Content-Disposition", "inline", filename=f"{cid}.png")
            page.attach(picture)
        return page


def _text_part(text: str, subtype: str) -> MIMENonMultipart:
    # Quoted-printable passes servers that know no 8-bit mail, and keeps lines short.
    part = MIMENonMultipart("text", subtype)
    part.set_payload(text, _QUOTED)
    return part


def _file_part(name: str, content: bytes, content_type: str, params: dict[str, str]) -> MIMENonMultipart:
    kind, subtype = content_type.split("/")
    part = MIMENonMultipart(kind, subtype, policy=None, **params)
    part.set_payload(content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=name if name.isascii() else ("utf-8", "", name))
    return part
