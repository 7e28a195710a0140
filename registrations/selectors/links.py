"""The manage link: a secret that lives in the guest's mail and nowhere else.

It is a MAC over the registration's id and link generation, so nothing is kept that could leak from a back-up; raising
the generation kills every link mailed before. Keys retired to SECRET_KEY_FALLBACKS still open old links.
"""

import base64

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from registrations.models import Registration


def manage_token(registration: Registration, secret: str | None = None) -> str:
    """The 26 characters (128 bits) that open this registration; ``secret`` is a key other than the present one."""
    claim = f"{registration.pk}:{registration.link_generation}"
    mac = salted_hmac("registrations.manage", claim, secret=secret, algorithm="sha256").digest()
    return base64.b32encode(mac[:16]).decode().rstrip("=").lower()


def manage_url(registration: Registration) -> str:
    """The absolute address of the guest's own page, for a letter."""
    path = reverse("registrations:mine", args=[registration.pk, manage_token(registration)])
    return f"{settings.PUBLIC_URL}{path}"


def by_manage_link(pk: int, token: str) -> Registration:
    """The registration that the link opens, with its event. Raises Registration.DoesNotExist for a wrong or dead link."""
    registration = Registration.objects.select_related("event__delegation", "event__venue", "event__room").get(pk=pk)
    for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        if constant_time_compare(manage_token(registration, secret), token.lower()):
            return registration
    raise Registration.DoesNotExist
