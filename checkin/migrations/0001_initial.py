
import core.translated
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_seen_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
                (
                    "inside",
                    models.BooleanField(default=True, help_text="False after the person left, until they come again."),
                ),
                ("mode", models.CharField(choices=[("in_person", "in person"), ("online", "online")], max_length=10)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("scan", "scan"),
                            ("list", "name list"),
                            ("signature", "signature"),
                            ("door_count", "door count"),
                            ("platform", "platform report"),
                            ("estimate", "estimate"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("door", "door"), ("day", "day"), ("session", "session"), ("lunch", "lunch")],
                        default="door",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name",
                    core.translated.TranslatedField(
                        blank=True, default=core.translated.TranslatedText, verbose_name="name"
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["event", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        editable=False,
                        help_text="Made by the device; the key of idempotency.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code_digest", models.CharField(blank=True, max_length=64)),
                ("direction", models.CharField(choices=[("in", "in"), ("out", "out")], default="in", max_length=3)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("scan", "scan"),
                            ("list", "name list"),
                            ("signature", "signature"),
                            ("door_count", "door count"),
                            ("platform", "platform report"),
                            ("estimate", "estimate"),
                        ],
                        default="scan",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("admitted", "welcome"),
                            ("already_in", "already in"),
                            ("left", "left"),
                            ("unknown_code", "unknown code"),
                            ("wrong_event", "badge of another event"),
                            ("not_confirmed", "not confirmed"),
                            ("cancelled", "cancelled"),
                            ("outside_hours", "outside the opening hours"),
                            ("undone", "undone"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "first_seen_at",
                    models.DateTimeField(
                        help_text="As it was answered, so that a repeat is answered alike.", null=True
                    ),
                ),
                (
                    "scanned_at",
                    models.DateTimeField(
                        help_text="By the device's clock, or the server's where the device's can't be right."
                    ),
                ),
                ("received_at", models.DateTimeField(help_text="By the server's clock.")),
            ],
            options={
                "base_manager_name": "objects",
            },
        ),
    ]
