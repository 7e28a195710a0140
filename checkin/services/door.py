"""The checkpoints of an event."""

from datetime import datetime

from django.db import transaction

from checkin.enums import CheckpointKind
from checkin.models import Checkpoint
from core import audit
from core.audit import Actor
from core.translated import TranslatedText
from events.models import Event

DOOR = TranslatedText({"en": "Door", "fr": "Entrée", "nl": "Ingang", "de": "Eingang"})


@transaction.atomic
def open_door(*, event: Event, by: Actor, at: datetime) -> Checkpoint:
    """Give the event its door, open at all hours until somebody sets some; the door that it has already, if it has one."""
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    door = event.checkpoints.filter(kind=CheckpointKind.DOOR).first()
    if door is not None:
        return door
    door = Checkpoint.objects.create(event=event, kind=CheckpointKind.DOOR, name=DOOR)
    after = {"event": event.pk, "kind": door.kind}
    audit.record(by=by, at=at, action="checkpoint.opened", subject=door, scope=event.delegation.slug, after=after)
    return door
