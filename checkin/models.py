"""Checkpoints, the scans made there, and the attendance that follows from them."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from checkin.enums import CheckpointKind, Direction, Method, Outcome
from core.translated import TranslatedField
from events.enums import Mode
from events.models import Event
from registrations.models import Registration


class AppendOnly(TypeError):
    """Somebody tried to change or delete a row of the evidence."""


class Checkpoint(models.Model):
    """A place and time where badges are scanned."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="checkpoints")
    kind = models.CharField(_("kind"), max_length=8, choices=CheckpointKind, default=CheckpointKind.DOOR)
    name = TranslatedField(_("name"), blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["event", "position", "pk"]

    def __str__(self) -> str:
        return str(self.name) or str(self.get_kind_display())


class ScanQuerySet(models.QuerySet["Scan"]):
    """Scans are added and read, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("scans are append-only: write a further row instead")

    def delete(self) -> NoReturn:
        raise AppendOnly("scans are append-only: write an undoing row instead")


class Scan(models.Model):
    """One reading of a badge, or the undoing of one. Refusals are kept too."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="Made by the device; the key of idempotency.")
    # The index of the latest scans serves the key too.
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="scans", db_index=False)
    registration = models.ForeignKey(Registration, null=True, on_delete=models.PROTECT, related_name="scans")
    # SHA-256 of what was read: enough to recognise an unknown code again, without keeping a stranger's QR.
    code_digest = models.CharField(max_length=64, blank=True)
    direction = models.CharField(max_length=3, choices=Direction, default=Direction.IN)
    method = models.CharField(max_length=10, choices=Method, default=Method.SCAN)
    outcome = models.CharField(max_length=13, choices=Outcome)
    first_seen_at = models.DateTimeField(null=True, help_text="As it was answered, so that a repeat is answered alike.")
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    scanned_at = models.DateTimeField(
        help_text="By the device's clock, or the server's where the device's can't be right."
    )
    received_at = models.DateTimeField(help_text="By the server's clock.")
    scanned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScanQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["checkpoint", "-received_at"], name="scans_latest")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("scans are append-only: write a further row instead")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("scans are append-only: write an undoing row instead")


class Attendance(models.Model):
    """Derived from the scans: this registration was present at this checkpoint."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="attendances")
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="attendances")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    inside = models.BooleanField(default=True, help_text="False after the person left, until they come again.")
    mode = models.CharField(max_length=10, choices=Mode)
    method = models.CharField(max_length=10, choices=Method)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "checkpoint"], name="one_attendance_per_checkpoint")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} @ {self.checkpoint_id}"
