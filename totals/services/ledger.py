"""The revision under which a delegation's numbers may be kept."""

import uuid

from delegations.models import Delegation
from totals.models import Ledger


def turn_page(delegation: Delegation) -> None:
    """Give the delegation's numbers a new revision, in the transaction that changes what they are made of."""
    Ledger.objects.update_or_create(delegation=delegation, defaults={"revision": uuid.uuid4()})
