"""Registrations and the letters to the people who made them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.enums import Mode
from events.models import Event
from registrations.enums import LIVE, LetterKind, LetterState, Part, Source, State


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Adjectives of registrations."""

    def confirmed(self) -> "RegistrationQuerySet":
        return self.filter(status=State.CONFIRMED)

    def live(self) -> "RegistrationQuerySet":
        return self.filter(status__in=LIVE)

    def waiting(self) -> "RegistrationQuerySet":
        """The waiting list in its order."""
        return self.filter(status=State.WAITLISTED).order_by("waiting_since", "pk")


class Registration(models.Model):
    """A person's claim to take part in an event."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    status = models.CharField(_("state"), max_length=10, choices=State)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    part = models.CharField(_("part"), max_length=12, choices=Part, default=Part.ATTENDEE)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.FORM)
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    email = models.EmailField(_("e-mail address"), blank=True)
    email_key = models.CharField(max_length=254, blank=True, editable=False)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    answers = models.JSONField(default=dict, blank=True)
    badge_code = models.CharField(max_length=26, unique=True, editable=False)
    # Raised whenever the manage link must die; the link is a MAC over (id, generation) and is stored nowhere.
    link_generation = models.PositiveIntegerField(default=1, editable=False)
    idempotency_key = models.CharField(max_length=255, null=True, editable=False)  # noqa: DJ001 - null: none was sent
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email_key"],
                condition=Q(status__in=LIVE) & ~Q(email_key=""),
                name="one_live_registration_per_address",
            ),
            models.UniqueConstraint(
                fields=["event", "idempotency_key"],
                condition=Q(idempotency_key__isnull=False),
                name="one_registration_per_idempotency_key",
            ),
        ]
        indexes = [
            models.Index(
                fields=["event", "mode", "waiting_since", "id"], name="waiting_order", condition=Q(status="waitlisted")
            ),
            models.Index(fields=["event", "family_name", "given_name"], name="guest_list"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_live(self) -> bool:
        return self.status in LIVE


class Letter(models.Model):
    """One mail to one guest: what was to be sent, and how that went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=24, choices=LetterKind)
    to = models.EmailField()
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.QUEUED)
    error = models.CharField(max_length=500, blank=True)
    context = models.JSONField(
        default=dict, help_text="What this letter says beyond the registration: what changed, why."
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["registration", "kind"], name="letter_kind")]

    def __str__(self) -> str:
        return f"{self.kind} to registration {self.registration_id}"

    @property
    def message_id(self) -> str:
        """The Message-ID of every attempt, so that a mail server or reader can see a repeat."""
        return f"<letter-{self.id}@{settings.PUBLIC_HOST}>"
