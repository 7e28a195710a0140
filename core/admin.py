"""The operators' view of the audit log and of work that failed."""

from typing import Any

from django.contrib import admin
from django.utils import timezone

from core.models import AuditEntry, OutboxMessage


class _ReadOnly(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(_ReadOnly):
    list_display = ["at", "actor_label", "action", "subject_type", "subject_id", "scope"]
    list_filter = ["action", "scope"]
    date_hierarchy = "at"


@admin.register(OutboxMessage)
class OutboxMessageAdmin(_ReadOnly):
    list_display = ["task", "created_at", "due_at", "attempts", "done_at", "failed_at", "error"]
    list_filter = ["task", ("failed_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter)]
    actions = ["try_again"]

    @admin.action(description="Try the chosen ones again", permissions=["view"])
    def try_again(self, request: Any, queryset: Any) -> None:
        """Put failed work back into the queue; the sweep finds it within seconds."""
        queryset.exclude(failed_at=None).update(failed_at=None, attempts=0, due_at=timezone.now(), leased_until=None)
