
import core.translated
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("delegations", "0001_initial"),
        ("events", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ledger",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.UUIDField(default=uuid.uuid4)),
                (
                    "delegation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ledger", to="delegations.delegation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("stakeholder_meeting", "stakeholder meeting"),
                            ("speaking_engagement", "speaking engagement"),
                            ("working_group_participation", "working-group participation"),
                            ("dignitary_visit", "dignitary visit"),
                            ("metropole_meeting", "metropole meeting"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="date")),
                ("title", models.CharField(max_length=300, verbose_name="what")),
                ("counterpart", models.CharField(blank=True, max_length=300, verbose_name="with whom")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="where")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="delegations.delegation",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="delegations.network",
                        verbose_name="network",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="delegations.theme",
                        verbose_name="theme",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activities",
                "ordering": ["-held_on", "-pk"],
                "indexes": [models.Index(fields=["delegation", "kind", "held_on"], name="activities_held")],
            },
        ),
        migrations.CreateModel(
            name="OpeningBalance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "figure",
                    models.CharField(
                        choices=[
                            ("participants", "participants in European conferences"),
                            ("stakeholder_meetings", "meetings with European stakeholders"),
                            ("speaking_engagements", "speaking engagements at European conferences"),
                            ("working_group_participations", "participations in working groups of European networks"),
                            ("dignitary_visits", "visits by European dignitaries"),
                            ("metropole_meetings", "meetings with European metropoles"),
                        ],
                        max_length=40,
                    ),
                ),
                ("value", models.PositiveIntegerField()),
                ("wording", core.translated.TranslatedField(blank=True, default=core.translated.TranslatedText)),
                (
                    "since",
                    core.translated.TranslatedField(
                        blank=True,
                        default=core.translated.TranslatedText,
                        help_text="Since when it was counted, in the words of its source: late 2017.",
                    ),
                ),
                ("as_of", models.DateField()),
                ("source", models.CharField(max_length=300)),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="address of the source")),
                ("verified", models.BooleanField(default=False)),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opening_balances",
                        to="delegations.delegation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("delegation", "figure"), name="one_opening_balance_per_figure")
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("is_current", models.BooleanField(default=True, help_text="The version that the totals add up.")),
                ("held_on", models.DateField(help_text="The event's first day in its own time zone.")),
                ("title", core.translated.TranslatedField(default=core.translated.TranslatedText)),
                ("counts", models.BooleanField(help_text="Whether the event counts towards the participants.")),
                ("counts_reason", models.CharField(blank=True, max_length=300)),
                (
                    "registered",
                    models.PositiveIntegerField(help_text="Live or cancelled, everybody who asked for a place."),
                ),
                ("confirmed", models.PositiveIntegerField()),
                (
                    "participants",
                    models.PositiveIntegerField(
                        help_text="Distinct attendees present at least once; no speakers, staff, interpreters."
                    ),
                ),
                ("speakers", models.PositiveIntegerField(help_text="Distinct speakers present.")),
                ("present_in_person", models.PositiveIntegerField()),
                ("present_online", models.PositiveIntegerField()),
                ("walk_ins", models.PositiveIntegerField()),
                (
                    "no_shows",
                    models.PositiveIntegerField(
                        help_text="Confirmed attendees who were not there; online only where online presence was recorded at all."
                    ),
                ),
                (
                    "entries",
                    models.PositiveIntegerField(help_text="Sum over checkpoints; never shown as participants."),
                ),
                (
                    "by_method",
                    models.JSONField(
                        default=dict, help_text="Participants by their best evidence; adds up to the participants."
                    ),
                ),
                (
                    "by_country",
                    models.JSONField(
                        default=dict, help_text="Participants by country, “” where none was given; adds up too."
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, help_text="Why this version replaces the one before.", max_length=500),
                ),
                ("closed_by", models.CharField(max_length=200)),
                ("closed_at", models.DateTimeField()),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="delegations.delegation",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="events.event"
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "event", "-version"],
                "indexes": [models.Index(fields=["delegation", "held_on"], name="statements_held")],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "version"), name="one_statement_per_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)), fields=("event",), name="one_current_statement"
                    ),
                ],
            },
        ),
    ]
