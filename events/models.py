"""Events, where they take place, who hosts them, and their pools of places."""

import zoneinfo
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.translated import TranslatedField
from delegations.models import Delegation, Theme
from events.enums import MODES, Format, Kind, Mode, Status, Visibility


class Venue(models.Model):
    """A building."""

    name = models.CharField(_("name"), max_length=200)
    street = models.CharField(_("street and number"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=20)
    city = models.CharField(_("city"), max_length=100)
    country = models.CharField(_("country"), max_length=2, default="BE")
    access = TranslatedField(_("how to get there and in"), blank=True)
    delegation = models.ForeignKey(
        Delegation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="venues",
        help_text=_("The delegation that looks after it; empty for a building of everybody."),
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def street_beside_name(self) -> str:
        """The street, unless the building is known by it, as “9 rue Guimard” is."""
        return "" if self.street == self.name else self.street

    @property
    def full_name(self) -> str:
        """One line: name, street and city, nothing twice."""
        return ", ".join(part for part in (self.name, self.street_beside_name, f"{self.postcode} {self.city}") if part)

    @property
    def address(self) -> str:
        """One line: street, postcode and city."""
        return f"{self.street}, {self.postcode} {self.city}"


class Room(models.Model):
    """A room of a building."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=100)
    capacity = models.PositiveIntegerField(_("capacity"))

    class Meta:
        ordering = ["venue", "name"]
        constraints = [models.UniqueConstraint(fields=["venue", "name"], name="one_room_per_name")]

    def __str__(self) -> str:
        return self.name


class EventQuerySet(models.QuerySet["Event"]):
    """Adjectives of events."""

    def listed(self) -> "EventQuerySet":
        """Those that the public list shows."""
        return self.filter(
            visibility=Visibility.PUBLIC,
            status__in=[Status.PUBLISHED, Status.CLOSED, Status.CANCELLED],
            published_at__isnull=False,
        )

    def upcoming(self, at: datetime) -> "EventQuerySet":
        """Not over at ``at``, soonest first."""
        return self.filter(ends_at__gt=at).order_by("starts_at", "pk")

    def past(self, at: datetime) -> "EventQuerySet":
        """Over at ``at``, latest first."""
        return self.filter(ends_at__lte=at).order_by("-starts_at", "-pk")


def default_languages() -> list[str]:
    """English, the house's common language."""
    return ["en"]


class Event(models.Model):
    """A conference, seminar, reception…: owned by its lead host, shared with co-hosts."""

    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="events", verbose_name=_("lead host")
    )
    co_host_delegations = models.ManyToManyField(Delegation, through="CoHost", related_name="co_hosted_events")
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CONFERENCE)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    languages = models.JSONField(_("languages"), default=default_languages)
    title = TranslatedField(_("title"))
    summary = TranslatedField(_("summary"), blank=True)
    description = TranslatedField(_("description"), blank=True)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    timezone = models.CharField(_("time zone"), max_length=60, default="Europe/Brussels")
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.IN_PERSON)
    venue = models.ForeignKey(
        Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="events", verbose_name=_("venue")
    )
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="events", verbose_name=_("room")
    )
    online_url = models.URLField(_("address of the online meeting"), max_length=500, blank=True)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    waiting_list = models.BooleanField(_("waiting list"), default=True)
    approval = models.BooleanField(_("approve each registration"), default=False)
    themes = models.ManyToManyField(Theme, blank=True, related_name="events", verbose_name=_("themes"))
    cover = models.ImageField(_("cover picture"), upload_to="covers/", blank=True)
    cover_alt = TranslatedField(_("what the picture shows"), blank=True)
    counts = models.BooleanField(_("counts towards the participants"), default=True)
    counts_reason = models.CharField(_("why it counts or not"), max_length=300, blank=True)
    calendar_sequence = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.CharField(max_length=500, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_start"),
        ]
        indexes = [models.Index(fields=["visibility", "starts_at"], name="event_list")]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone in which the event is lived and shown."""
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def modes(self) -> list[Mode]:
        """How one can take part."""
        return MODES[self.format]

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(self.zone)

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(self.zone)

    @property
    def closes_at(self) -> datetime:
        """When registration ends: the organiser's date, else the start."""
        return self.registration_closes_at or self.starts_at

    @property
    def calendar_uid(self) -> str:
        """The UID of the event in every calendar, for ever (RFC 5545)."""
        return f"event-{self.pk}@{settings.PUBLIC_HOST}"


class CoHost(models.Model):
    """A delegation that shares an event, with what the lead host opened to it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="co_hosts")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="co_hostings")
    position = models.PositiveSmallIntegerField(default=0)
    reserved_places = models.PositiveIntegerField(_("reserved places"), null=True, blank=True)
    sees_guests = models.BooleanField(_("sees the guest list"), default=False)
    opens_door = models.BooleanField(_("helps at the door"), default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "delegation"], name="one_row_per_co_host")]

    def __str__(self) -> str:
        return f"{self.delegation} @ {self.event_id}"


class Pool(models.Model):
    """The places of an event for one mode: how many there are (null: no limit) and how many are taken."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="pools")
    mode = models.CharField(max_length=10, choices=Mode)
    size = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["event", "mode"]
        constraints = [
            models.UniqueConstraint(fields=["event", "mode"], name="one_pool_per_mode"),
            models.CheckConstraint(
                condition=Q(taken__gte=0) & (Q(size__isnull=True) | Q(taken__lte=F("size"))), name="pool_never_oversold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mode} {self.taken}/{self.size}"

    @property
    def left(self) -> int | None:
        """Places that nobody has; None without a limit."""
        return None if self.size is None else max(self.size - self.taken, 0)

    @property
    def is_full(self) -> bool:
        return self.size is not None and self.taken >= self.size
