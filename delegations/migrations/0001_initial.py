
import core.translated
import delegations.models
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True)),
                ("name", core.translated.TranslatedField(default=core.translated.TranslatedText, verbose_name="name")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                ("time_zone", models.CharField(default="Europe/Brussels", max_length=60, verbose_name="time zone")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address for guests")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "accent",
                    models.CharField(
                        default="#1f4d3a",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$",
                                "Write a colour as # and six hexadecimal digits, for example #1f4d3a.",
                            )
                        ],
                        verbose_name="accent colour",
                    ),
                ),
                (
                    "ink",
                    models.CharField(
                        default="#1b2420",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$",
                                "Write a colour as # and six hexadecimal digits, for example #1f4d3a.",
                            )
                        ],
                        verbose_name="ink colour",
                    ),
                ),
                (
                    "controller",
                    models.TextField(
                        blank=True,
                        help_text="Name and address for the notice on data use.",
                        verbose_name="data controller",
                    ),
                ),
                (
                    "data_protection_contact",
                    models.EmailField(blank=True, max_length=254, verbose_name="data protection contact"),
                ),
                (
                    "accessibility",
                    models.CharField(
                        choices=[
                            ("none", "not compliant"),
                            ("partial", "partially compliant"),
                            ("full", "fully compliant"),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="accessibility",
                    ),
                ),
            ],
            options={
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "French"), ("nl", "Dutch"), ("de", "German")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("is_staff", models.BooleanField(default=False, verbose_name="operator")),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("scopes", models.JSONField(default=delegations.models.all_scopes)),
                ("created_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "administrator"),
                            ("organiser", "organiser"),
                            ("door", "door"),
                            ("viewer", "viewer"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="delegations.delegation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("delegation", "user"), name="one_seat_per_delegation")],
            },
        ),
        migrations.CreateModel(
            name="Mission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "label",
                    core.translated.TranslatedField(default=core.translated.TranslatedText, verbose_name="label"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="missions",
                        to="delegations.delegation",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "slug"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("delegation", "slug"), name="one_mission_per_slug")],
            },
        ),
        migrations.CreateModel(
            name="Network",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "label",
                    core.translated.TranslatedField(default=core.translated.TranslatedText, verbose_name="label"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="networks",
                        to="delegations.delegation",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "slug"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("delegation", "slug"), name="one_network_per_slug")],
            },
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "label",
                    core.translated.TranslatedField(default=core.translated.TranslatedText, verbose_name="label"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partnerships",
                        to="delegations.delegation",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "slug"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("delegation", "slug"), name="one_partnership_per_slug")
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "label",
                    core.translated.TranslatedField(default=core.translated.TranslatedText, verbose_name="label"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="themes", to="delegations.delegation"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "slug"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("delegation", "slug"), name="one_theme_per_slug")],
            },
        ),
    ]
