"""The shapes of the door's API. Scans are read and answered by hand, for speed; their serializers here only describe."""

from typing import Any

from rest_framework import serializers

from checkin.enums import INVALID, Direction, Outcome
from checkin.models import Checkpoint
from registrations.enums import State

OUTCOMES = [*Outcome.choices, (INVALID, INVALID)]


class CheckpointSerializer(serializers.ModelSerializer[Checkpoint]):
    """A checkpoint; without hours it is open as long as its event is."""

    class Meta:
        model = Checkpoint
        fields = ["id", "event", "kind", "name", "opens_at", "closes_at"]


class CheckpointStateSerializer(CheckpointSerializer):
    """A checkpoint with the live count of its event."""

    present = serializers.IntegerField(help_text="Persons in at this moment, each once.")
    expected = serializers.IntegerField(help_text="Confirmed registrations.")

    class Meta(CheckpointSerializer.Meta):
        fields = [*CheckpointSerializer.Meta.fields, "present", "expected"]


class ScanSerializer(serializers.Serializer[Any]):
    """One reading: of a badge, or of a person found by name."""

    id = serializers.UUIDField(help_text="Made by the device.")
    code = serializers.CharField(required=False, help_text="What was read; or else `registration`.")
    registration = serializers.IntegerField(required=False, help_text="Somebody found by name; instead of `code`.")
    scanned_at = serializers.DateTimeField(help_text="By the device's clock, with offset.")
    direction = serializers.ChoiceField(choices=Direction.choices, default=Direction.IN)


class BatchSerializer(serializers.Serializer[Any]):
    """Up to 500 scans."""

    scans = ScanSerializer(many=True)


class GuestSerializer(serializers.Serializer[Any]):
    """All that the door sees of a guest."""

    given_name = serializers.CharField()
    family_name = serializers.CharField()
    organisation = serializers.CharField()
    status = serializers.ChoiceField(choices=State.choices)


class VerdictSerializer(serializers.Serializer[Any]):
    """The answer to one scan; `registration` and `guest` are there for guests of this event only."""

    id = serializers.CharField(allow_null=True)
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    registration = serializers.IntegerField(required=False)
    guest = GuestSerializer(required=False)
    first_seen_at = serializers.DateTimeField(required=False)
    detail = serializers.CharField(required=False, help_text="What is wrong with an `invalid` item.")


class VerdictsSerializer(serializers.Serializer[Any]):
    """The answers to a batch."""

    results = VerdictSerializer(many=True, help_text="In the order of `scans`.")


class LatestScanSerializer(VerdictSerializer):
    """A scan that was kept."""

    scanned_at = serializers.DateTimeField()
    undone = serializers.BooleanField()


class LatestScansSerializer(serializers.Serializer[Any]):
    """The latest scans of a checkpoint."""

    results = LatestScanSerializer(many=True, help_text="Newest first, 20 at most.")


class UndoneSerializer(serializers.Serializer[Any]):
    """The row that takes a scan back."""

    id = serializers.UUIDField()
    outcome = serializers.ChoiceField(choices=[(Outcome.UNDONE, "undone")])
    undoes = serializers.UUIDField()
    inside = serializers.BooleanField(help_text="Whether other scans still say that the guest is in.")


class FoundSerializer(serializers.Serializer[Any]):
    """Somebody found by name."""

    registration = serializers.IntegerField()
    guest = GuestSerializer()
    inside = serializers.BooleanField()
    first_seen_at = serializers.DateTimeField(allow_null=True)


class FoundListSerializer(serializers.Serializer[Any]):
    """Those found by name."""

    results = FoundSerializer(many=True)
