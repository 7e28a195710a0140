"""A letter as its reader gets it: sent through the service, parsed from its bytes."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.core import mail
from icalendar import Calendar

from registrations.enums import LetterKind
from registrations.models import Letter, Registration
from registrations.services import post
from registrations.services.letters import queue_letter
from tests import factories


def letter_of(registration: Registration, kind: LetterKind, **context: Any) -> Letter:
    """A letter written but not sent."""
    letter = queue_letter(registration=registration, kind=kind, at=factories.now(), context=context)
    assert letter is not None
    return letter


def send(letter: Letter, at: Any = None) -> EmailMessage:
    """Send ``letter`` and give what came out of it."""
    post.send(letter_id=letter.pk, at=at or factories.now(), last=False)
    letter.refresh_from_db()
    assert letter.state == "sent", letter.error
    parsed = message_from_bytes(mail.outbox[-1].message().as_bytes(linesep="\r\n"), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def text(message: EmailMessage) -> str:
    return str(message.get_body(("plain",)).get_content())


def html(message: EmailMessage) -> str:
    return str(message.get_body(("html",)).get_content())


def files(message: EmailMessage) -> dict[str, Any]:
    """The attachments by their type."""
    return {part.get_content_type(): part for part in message.iter_attachments()}


def entry(message: EmailMessage) -> Any:
    """The calendar entry that came with the letter, or None."""
    part = files(message).get("text/calendar")
    return Calendar.from_ical(part.get_content()).walk("VEVENT")[0] if part else None
