"""Changes to accounts of the API."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from core import audit
from core.audit import Actor
from delegations.enums import Scope
from delegations.models import ApiToken, User


def digest(token: str) -> str:
    """The SHA-256 under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_api_token(
    *, user: User, at: datetime, by: Actor, scopes: Iterable[Scope] = tuple(Scope), expires_at: datetime | None = None
) -> str:
    """Make an API token for ``user`` and return it; it can't be read again."""
    token = f"gmd_{secrets.token_urlsafe(32)}"
    row = ApiToken.objects.create(
        user=user, digest=digest(token), scopes=[scope.value for scope in scopes], created_at=at, expires_at=expires_at
    )
    audit.record(
        by=by, at=at, action="api_token.created", subject=row, after={"user": user.email, "scopes": row.scopes}
    )
    return token
