"""What the worker does for registrations: letters, and badges for the printer."""

from datetime import datetime
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from core.models import OutboxMessage
from core.outbox import is_last_attempt
from core.tasks import outbox_task
from registrations.badges.printing import print_badges
from registrations.enums import LetterKind
from registrations.services import letters, post

__all__ = ["announce", "print_badges", "send_due_letters", "send_letter"]


@outbox_task(letters.SEND)
def send_letter(message: OutboxMessage, at: datetime) -> None:
    """Send the letter of the row; see ``services.post.send``."""
    letter_id = UUID(message.payload["letter"])
    last = is_last_attempt(message)
    try:
        post.send(letter_id=letter_id, at=at, last=last)
    except Exception as error:
        if last:
            post.fail(letter_id=letter_id, reason=f"{type(error).__name__}: {error}")
        raise


@outbox_task(letters.ANNOUNCE)
def announce(message: OutboxMessage, at: datetime) -> None:
    """Write a letter to everybody who is registered for the event of the row; to run twice writes none twice."""
    row = message.payload
    post.announce_to_all(
        event_id=row["event"],
        kind=LetterKind(row["kind"]),
        context=row["context"],
        reason=f"announcement:{message.pk}",
        at=at,
    )


@shared_task(name="registrations.send_due_letters", expires=240)
def send_due_letters() -> None:
    """Write what the calendar asks for: reminders on the eve, thanks on the morning after."""
    post.write_due(at=timezone.now())
