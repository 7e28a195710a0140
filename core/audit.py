"""The audit log: one entry for each change, written in the transaction of the change."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from core.models import AuditEntry

_SECRET = ("password", "token", "secret", "badge_code")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a signed-in user, or a named someone without an account (a guest, the worker)."""

    label: str
    user_id: int | None = None

    @classmethod
    def of(cls, user: Any) -> "Actor":
        """The actor of a signed-in user; the label is what the log shows when the account is gone."""
        return cls(label=str(user), user_id=user.pk)


SYSTEM = Actor("Guimard")
GUEST = Actor("guest")


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in values.items() if not any(word in name for word in _SECRET)}
    plain: dict[str, Any] = json.loads(json.dumps(kept, cls=DjangoJSONEncoder, default=str))
    return plain


def record(
    *,
    by: Actor,
    at: datetime,
    action: str,
    subject: models.Model,
    scope: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write one entry. ``action`` reads ``noun.verb``; names in ``before``/``after`` that hold secrets are left out."""
    return AuditEntry.objects.create(
        at=at,
        actor_id=by.user_id,
        actor_label=by.label,
        action=action,
        subject_type=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        scope=scope,
        before=_plain(before or {}),
        after=_plain(after or {}),
    )


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two sides of what differs between two readings of the same names."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}
