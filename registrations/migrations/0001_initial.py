
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("events", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unverified", "address to be confirmed"),
                            ("pending", "awaits approval"),
                            ("confirmed", "confirmed"),
                            ("waitlisted", "on the waiting list"),
                            ("declined", "declined"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("in_person", "in person"), ("online", "online")],
                        default="in_person",
                        max_length=10,
                        verbose_name="mode",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("attendee", "attendee"),
                            ("speaker", "speaker"),
                            ("staff", "staff"),
                            ("interpreter", "interpreter"),
                        ],
                        default="attendee",
                        max_length=12,
                        verbose_name="part",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("form", "form"),
                            ("staff", "added by the organisers"),
                            ("api", "API"),
                            ("walk_in", "at the door"),
                        ],
                        default="form",
                        max_length=10,
                        verbose_name="source",
                    ),
                ),
                ("given_name", models.CharField(max_length=100, verbose_name="given name")),
                ("family_name", models.CharField(max_length=100, verbose_name="family name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("email_key", models.CharField(blank=True, editable=False, max_length=254)),
                ("organisation", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "French"), ("nl", "Dutch"), ("de", "German")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("badge_code", models.CharField(editable=False, max_length=26, unique=True)),
                ("link_generation", models.PositiveIntegerField(default=1, editable=False)),
                ("idempotency_key", models.CharField(editable=False, max_length=255, null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="registrations", to="events.event"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirmed", "confirmation"),
                            ("received", "request received"),
                            ("waitlisted", "waiting list"),
                            ("promoted", "a place became free"),
                            ("declined", "declined"),
                            ("cancelled_by_guest", "cancelled by the guest"),
                            ("cancelled_by_organiser", "cancelled by the organisers"),
                            ("event_changed", "event changed"),
                            ("event_cancelled", "event cancelled"),
                            ("reminder", "reminder"),
                            ("thank_you", "thank-you"),
                            ("link", "link to the registration"),
                        ],
                        max_length=24,
                    ),
                ),
                ("to", models.EmailField(max_length=254)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "on its way"),
                            ("delayed", "delayed"),
                            ("sent", "sent"),
                            ("failed", "not delivered"),
                            ("dropped", "no longer needed"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=500)),
                (
                    "context",
                    models.JSONField(
                        default=dict, help_text="What this letter says beyond the registration: what changed, why."
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="registrations.registration",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("status", "waitlisted")),
                fields=["event", "mode", "waiting_since", "id"],
                name="waiting_order",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["event", "family_name", "given_name"], name="guest_list"),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("status__in", ["unverified", "pending", "confirmed", "waitlisted"]),
                    models.Q(("email_key", ""), _negated=True),
                ),
                fields=("event", "email_key"),
                name="one_live_registration_per_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("idempotency_key__isnull", False)),
                fields=("event", "idempotency_key"),
                name="one_registration_per_idempotency_key",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["registration", "kind"], name="letter_kind"),
        ),
    ]
