
import core.translated
import django.db.models.deletion
import events.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("delegations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("capacity", models.PositiveIntegerField(verbose_name="capacity")),
            ],
            options={
                "ordering": ["venue", "name"],
            },
        ),
        migrations.CreateModel(
            name="CoHost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("reserved_places", models.PositiveIntegerField(blank=True, null=True, verbose_name="reserved places")),
                ("sees_guests", models.BooleanField(default=False, verbose_name="sees the guest list")),
                ("opens_door", models.BooleanField(default=False, verbose_name="helps at the door")),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="co_hostings",
                        to="delegations.delegation",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conference", "conference"),
                            ("seminar", "seminar"),
                            ("workshop", "workshop"),
                            ("debate", "debate"),
                            ("reception", "reception"),
                            ("study_visit", "study visit"),
                            ("webinar", "webinar"),
                        ],
                        default="conference",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("published", "published"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("languages", models.JSONField(default=events.models.default_languages, verbose_name="languages")),
                (
                    "title",
                    core.translated.TranslatedField(default=core.translated.TranslatedText, verbose_name="title"),
                ),
                (
                    "summary",
                    core.translated.TranslatedField(
                        blank=True, default=core.translated.TranslatedText, verbose_name="summary"
                    ),
                ),
                (
                    "description",
                    core.translated.TranslatedField(
                        blank=True, default=core.translated.TranslatedText, verbose_name="description"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="start")),
                ("ends_at", models.DateTimeField(verbose_name="end")),
                ("timezone", models.CharField(default="Europe/Brussels", max_length=60, verbose_name="time zone")),
                (
                    "format",
                    models.CharField(
                        choices=[("in_person", "in person"), ("online", "online"), ("hybrid", "in person and online")],
                        default="in_person",
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                (
                    "online_url",
                    models.URLField(blank=True, max_length=500, verbose_name="address of the online meeting"),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "public: listed for everybody"),
                            ("unlisted", "unlisted: open to whoever has the address"),
                            ("invitation", "by invitation: the organisers add the guests"),
                        ],
                        default="public",
                        max_length=10,
                        verbose_name="visibility",
                    ),
                ),
                (
                    "registration_opens_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="registration opens"),
                ),
                (
                    "registration_closes_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="registration closes"),
                ),
                ("waiting_list", models.BooleanField(default=True, verbose_name="waiting list")),
                ("approval", models.BooleanField(default=False, verbose_name="approve each registration")),
                ("cover", models.ImageField(blank=True, upload_to="covers/", verbose_name="cover picture")),
                (
                    "cover_alt",
                    core.translated.TranslatedField(
                        blank=True, default=core.translated.TranslatedText, verbose_name="what the picture shows"
                    ),
                ),
                ("counts", models.BooleanField(default=True, verbose_name="counts towards the participants")),
                ("counts_reason", models.CharField(blank=True, max_length=300, verbose_name="why it counts or not")),
                ("calendar_sequence", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_reason", models.CharField(blank=True, max_length=500)),
                (
                    "co_host_delegations",
                    models.ManyToManyField(
                        related_name="co_hosted_events", through="events.CoHost", to="delegations.delegation"
                    ),
                ),
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
                        related_name="events",
                        to="delegations.delegation",
                        verbose_name="lead host",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="events", to="delegations.theme", verbose_name="themes"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="events.room",
                        verbose_name="room",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="cohost",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="co_hosts", to="events.event"
            ),
        ),
        migrations.CreateModel(
            name="Pool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mode", models.CharField(choices=[("in_person", "in person"), ("online", "online")], max_length=10)),
                ("size", models.PositiveIntegerField(blank=True, null=True, verbose_name="places")),
                ("taken", models.PositiveIntegerField(default=0)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pools", to="events.event"
                    ),
                ),
            ],
            options={
                "ordering": ["event", "mode"],
            },
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("street", models.CharField(max_length=200, verbose_name="street and number")),
                ("postcode", models.CharField(max_length=20, verbose_name="postcode")),
                ("city", models.CharField(max_length=100, verbose_name="city")),
                ("country", models.CharField(default="BE", max_length=2, verbose_name="country")),
                (
                    "access",
                    core.translated.TranslatedField(
                        blank=True, default=core.translated.TranslatedText, verbose_name="how to get there and in"
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        blank=True,
                        help_text="The delegation that looks after it; empty for a building of everybody.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="venues",
                        to="delegations.delegation",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="room",
            name="venue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rooms", to="events.venue"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="venue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="events.venue",
                verbose_name="venue",
            ),
        ),
        migrations.AddConstraint(
            model_name="cohost",
            constraint=models.UniqueConstraint(fields=("event", "delegation"), name="one_row_per_co_host"),
        ),
        migrations.AddConstraint(
            model_name="pool",
            constraint=models.UniqueConstraint(fields=("event", "mode"), name="one_pool_per_mode"),
        ),
        migrations.AddConstraint(
            model_name="pool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken__gte", 0),
                    models.Q(("size__isnull", True), ("taken__lte", models.F("size")), _connector="OR"),
                ),
                name="pool_never_oversold",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(fields=("venue", "name"), name="one_room_per_name"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["visibility", "starts_at"], name="event_list"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="event_ends_after_start"
            ),
        ),
    ]
