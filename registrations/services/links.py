"""Sending the manage link again to somebody who lost it."""

from datetime import datetime

from registrations.models import Registration
from registrations.services.changes import resend_link
from registrations.services.register import normalise_email

AT_MOST = 5


def resend_all_links(*, email: str, at: datetime) -> None:
    """Mail the links of the live registrations of this address for events that are not over, the next AT_MOST of them.

    The caller answers alike whether there are any.
    """
    rows = Registration.objects.live().filter(email_key=normalise_email(email), event__ends_at__gt=at)
    for registration in rows.select_related("event").order_by("event__starts_at")[:AT_MOST]:
        resend_link(event=registration.event, email=registration.email, at=at)
