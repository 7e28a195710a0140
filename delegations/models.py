"""Delegations and their people."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.translated import TranslatedField
from delegations.enums import Role, Scope

colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six hexadecimal digits, for example #1f4d3a."))


class UserManager(BaseUserManager["User"]):
    """Makes and finds users by their address, in lower case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a user; without a password, one who must set it by the mail of "forgotten password"."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A named account: a member of one or more delegations, or an operator of the installation (``is_staff``)."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("operator"), default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email


class Delegation(models.Model):
    """An office that owns events: the tenant."""

    slug = models.SlugField(unique=True)
    name = TranslatedField(_("name"))
    country = models.CharField(_("country"), max_length=2)
    languages = models.JSONField(_("languages"), default=list)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Brussels")
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    email = models.EmailField(_("e-mail address for guests"))
    website = models.URLField(_("website"), blank=True)
    accent = models.CharField(_("accent colour"), max_length=7, default="#1f4d3a", validators=[colour])
    ink = models.CharField(_("ink colour"), max_length=7, default="#1b2420", validators=[colour])
    controller = models.TextField(
        _("data controller"), blank=True, help_text=_("Name and address for the notice on data use.")
    )
    data_protection_contact = models.EmailField(_("data protection contact"), blank=True)
    accessibility = models.CharField(
        _("accessibility"),
        max_length=12,
        choices=[("none", _("not compliant")), ("partial", _("partially compliant")), ("full", _("fully compliant"))],
        default="none",
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return str(self.name)


class Member(models.Model):
    """A person's seat in a delegation, with a role."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(_("role"), max_length=10, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delegation", "user"], name="one_seat_per_delegation")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class _Term(models.Model):
    """A word of a delegation's own vocabulary."""

    slug = models.SlugField(max_length=80)
    label = TranslatedField(_("label"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return str(self.label)


class Theme(_Term):
    """What an event or activity is about."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="themes")

    class Meta(_Term.Meta):
        constraints = [models.UniqueConstraint(fields=["delegation", "slug"], name="one_theme_per_slug")]


class Network(_Term):
    """A European network in which the delegation takes part."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="networks")

    class Meta(_Term.Meta):
        constraints = [models.UniqueConstraint(fields=["delegation", "slug"], name="one_network_per_slug")]


class Partnership(_Term):
    """A pact or charter that the delegation's authority signed."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="partnerships")

    class Meta(_Term.Meta):
        constraints = [models.UniqueConstraint(fields=["delegation", "slug"], name="one_partnership_per_slug")]


class Mission(_Term):
    """What the delegation is there for."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="missions")

    class Meta(_Term.Meta):
        constraints = [models.UniqueConstraint(fields=["delegation", "slug"], name="one_mission_per_slug")]


def all_scopes() -> list[str]:
    """Every scope: what a token may do unless it is narrowed."""
    return list(Scope.values)


class ApiToken(models.Model):
    """A key of a user for the API; only its SHA-256 is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=all_scopes)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"token of {self.user}"
