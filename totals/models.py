"""What the published numbers stand on: statements of closed events, activities, opening balances."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.translated import TranslatedField
from delegations.models import Delegation, Network, Theme
from events.models import Event
from totals.enums import ActivityKind, Figure


class Statement(models.Model):
    """The frozen counts of a closed event, versioned. Data of its own: it references no person."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="statements")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="statements")
    version = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True, help_text="The version that the totals add up.")
    held_on = models.DateField(help_text="The event's first day in its own time zone.")
    title = TranslatedField()
    counts = models.BooleanField(help_text="Whether the event counts towards the participants.")
    counts_reason = models.CharField(max_length=300, blank=True)
    registered = models.PositiveIntegerField(help_text="Live or cancelled, everybody who asked for a place.")
    confirmed = models.PositiveIntegerField()
    participants = models.PositiveIntegerField(
        help_text="Distinct attendees present at least once; no speakers, staff, interpreters."
    )
    speakers = models.PositiveIntegerField(help_text="Distinct speakers present.")
    present_in_person = models.PositiveIntegerField()
    present_online = models.PositiveIntegerField()
    walk_ins = models.PositiveIntegerField()
    no_shows = models.PositiveIntegerField(
        help_text="Confirmed attendees who were not there; online only where online presence was recorded at all."
    )
    entries = models.PositiveIntegerField(help_text="Sum over checkpoints; never shown as participants.")
    by_method = models.JSONField(
        default=dict, help_text="Participants by their best evidence; adds up to the participants."
    )
    by_country = models.JSONField(
        default=dict, help_text="Participants by country, “” where none was given; adds up too."
    )
    reason = models.CharField(max_length=500, blank=True, help_text="Why this version replaces the one before.")
    closed_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "event", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["event", "version"], name="one_statement_per_version"),
            models.UniqueConstraint(
                fields=["event"], condition=models.Q(is_current=True), name="one_current_statement"
            ),
        ]
        indexes = [models.Index(fields=["delegation", "held_on"], name="statements_held")]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


class Activity(models.Model):
    """A dated entry of what the delegation did that has no attendees."""

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(_("kind"), max_length=30, choices=ActivityKind)
    held_on = models.DateField(_("date"))
    title = models.CharField(_("what"), max_length=300)
    counterpart = models.CharField(_("with whom"), max_length=300, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    network = models.ForeignKey(Network, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("network"))
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("theme"))
    note = models.TextField(_("note"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["delegation", "kind", "held_on"], name="activities_held")]

    def __str__(self) -> str:
        return self.title


class OpeningBalance(models.Model):
    """A published figure from before Guimard. What is dated up to ``as_of`` can't be added to it again."""

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="opening_balances")
    figure = models.CharField(max_length=40, choices=Figure)
    value = models.PositiveIntegerField()
    wording = TranslatedField(blank=True)
    since = TranslatedField(blank=True, help_text="Since when it was counted, in the words of its source: late 2017.")
    as_of = models.DateField()
    source = models.CharField(max_length=300)
    source_url = models.URLField("address of the source", max_length=500, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delegation", "figure"], name="one_opening_balance_per_figure")]

    def __str__(self) -> str:
        return f"{self.figure}: {self.value}"


class Ledger(models.Model):
    """The state of a delegation's numbers: each change of what they are made of gives it a new revision.

    The revision is written in the transaction of the change, so whoever keeps a figure under it never shows an old one.
    """

    delegation = models.OneToOneField(Delegation, on_delete=models.CASCADE, related_name="ledger")
    revision = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return f"{self.delegation_id} {self.revision}"
