"""The door for operators: checkpoints may be set, the evidence is to be read only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from checkin.models import Attendance, Checkpoint, Scan


class _ReadOnly(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Checkpoint)
class CheckpointAdmin(admin.ModelAdmin[Checkpoint]):
    list_display = ("__str__", "event", "kind", "opens_at", "closes_at")
    list_select_related = ("event",)
    raw_id_fields = ("event",)


@admin.register(Scan)
class ScanAdmin(_ReadOnly):
    list_display = ("id", "outcome", "checkpoint_id", "registration_id", "method", "scanned_at", "received_at")
    list_filter = ("outcome", "method")


@admin.register(Attendance)
class AttendanceAdmin(_ReadOnly):
    list_display = ("registration_id", "checkpoint_id", "first_seen_at", "last_seen_at", "inside", "method")
    list_filter = ("method", "inside")
