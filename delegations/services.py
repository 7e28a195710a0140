"""Changes to accounts of the API."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from core import audit
from core.audit import Actor
from delegations.enums import Scope
from delegations.models import ApiToken, Delegation, Theme, User


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


@transaction.atomic
def add_theme(*, delegation: Delegation, label: str, language: str, by: Actor, at: datetime) -> Theme:
    """Add a theme to the vocabulary of ``delegation``; one whose name reads the same is given back instead."""
    slug = slugify(label)[:80] or hashlib.sha256(label.encode()).hexdigest()[:12]
    known = Theme.objects.filter(delegation=delegation, slug=slug).first()
    if known:
        return known
    last = Theme.objects.filter(delegation=delegation).aggregate(last=Max("position"))["last"]
    theme = Theme.objects.create(
        delegation=delegation, slug=slug, label={language: label}, position=0 if last is None else last + 1
    )
    audit.record(by=by, at=at, action="theme.added", subject=theme, scope=delegation.slug, after={"label": theme.label})
    return theme
