"""The words of an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What sort of event."""

    CONFERENCE = "conference", _("conference")
    SEMINAR = "seminar", _("seminar")
    WORKSHOP = "workshop", _("workshop")
    DEBATE = "debate", _("debate")
    RECEPTION = "reception", _("reception")
    STUDY_VISIT = "study_visit", _("study visit")
    WEBINAR = "webinar", _("webinar")


class Status(models.TextChoices):
    """Where the event is in its life."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class Format(models.TextChoices):
    """How the event is held."""

    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("in person and online")


class Mode(models.TextChoices):
    """How one person takes part."""

    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")


MODES: dict[str, list[Mode]] = {
    Format.IN_PERSON: [Mode.IN_PERSON],
    Format.ONLINE: [Mode.ONLINE],
    Format.HYBRID: [Mode.IN_PERSON, Mode.ONLINE],
}


class Visibility(models.TextChoices):
    """Who finds the event and may register."""

    PUBLIC = "public", _("public: listed for everybody")
    UNLISTED = "unlisted", _("unlisted: open to whoever has the address")
    INVITATION = "invitation", _("by invitation: the organisers add the guests")


class Entry(models.TextChoices):
    """What a person who wants to come finds at the event's door on the web, right now."""

    OPEN = "open", _("registration is open")
    WAITING = "waiting", _("full: join the waiting list")
    FULL = "full", _("full")
    NOT_YET = "not_yet", _("registration is not open yet")
    OVER_DATE = "over_date", _("registration is closed")
    INVITATION = "invitation", _("by invitation")
    CANCELLED = "cancelled", _("cancelled")
    OVER = "over", _("over")
