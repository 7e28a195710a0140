"""The receipt of a registration: what the page after the form says, sealed into its address for one hour.

The page must be the same for an address that was registered before and for one that was not, so it is drawn from the
receipt alone, and what it was drawn from is encrypted: nobody reads from an address bar or a log whether there is a
registration behind it, nor who it is.
"""

import base64
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from registrations.services import Person

SECONDS = 3600


class ReceiptInvalid(Exception):
    """The address is no receipt of ours, or it is older than an hour."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was answered to whom. ``registration`` is 0 where the address was registered before; ``position`` 0 means none."""

    event: int
    registration: int
    state: str
    position: int
    mode: str
    person: Person


def seal(receipt: Receipt, at: datetime) -> str:
    """The receipt as part of an address; one made for nobody is as long as any other."""
    values = asdict(receipt) | {"registration": f"{receipt.registration:012}"}
    return _lock().encrypt_at_time(json.dumps(values).encode(), int(at.timestamp())).decode().rstrip("=")


def open_receipt(token: str, at: datetime) -> Receipt:
    """The receipt in ``token``. Raises ReceiptInvalid for a forged one, and an hour after it was sealed."""
    try:
        padded = token.encode() + b"=" * (-len(token) % 4)
        values = json.loads(_lock().decrypt_at_time(padded, SECONDS, int(at.timestamp())))
    except InvalidToken:
        raise ReceiptInvalid from None
    person = Person(**values.pop("person"))
    return Receipt(**values | {"registration": int(values["registration"]), "person": person})


def _lock() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _key(secret: str) -> Fernet:
    derived = salted_hmac("registrations.receipt", "key", secret=secret, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(derived))
