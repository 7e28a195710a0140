"""Filling in the public forms as a browser would send them."""

import re
import time
from typing import Any

from django.core import signing
from django.core.signing import TimestampSigner

from events.models import Event


class _Earlier(TimestampSigner):
    """Signs as if ``age`` seconds had passed since."""

    age: float = 60

    def timestamp(self) -> str:
        return signing.b62_encode(int(time.time() - self.age))


def stamp(purpose: str, age: float = 60) -> str:
    """The stamp of a form that was opened ``age`` seconds ago."""
    signer = _Earlier(salt=f"guard:{purpose}")
    signer.age = age
    return signer.sign("shown")


def registration(event: Event, **changes: Any) -> dict[str, Any]:
    """What a person sends who registers for ``event``, opened a minute ago."""
    return {
        "given_name": "Ana",
        "family_name": "Example",
        "email": "ana@guests.example",
        "organisation": "City of Example",
        "country": "BE",
        "language": "en",
        "stamp": stamp(f"register:{event.pk}"),
        **changes,
    }


def address(email: str, purpose: str) -> dict[str, Any]:
    """An address for a letter, in a form opened a minute ago."""
    return {"email": email, "stamp": stamp(purpose)}


def value_of(page: str, name: str) -> str:
    """The value of the input ``name`` in the HTML of a page."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag, f"no input {name}"
    value = re.search(r'value="([^"]*)"', tag.group(0))
    return value.group(1) if value else ""


def without_secrets(page: str) -> str:
    """The page without what differs from one view to the next: receipts, stamps and CSRF tokens."""
    page = re.sub(r"/registered/[\w-]+/", "/registered/RECEIPT/", page)
    page = re.sub(r'name="stamp" value="[^"]*"', 'name="stamp"', page)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', 'name="csrfmiddlewaretoken"', page)
