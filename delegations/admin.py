"""The operators' view of delegations and people. An operator sees the installation, not the guests."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils import timezone

from delegations.models import ApiToken, Delegation, Member, Mission, Network, Partnership, Theme, User


class _NewUserForm(forms.ModelForm[User]):
    """A new user has no password yet: they set it by "forgotten password" on the sign-in page."""

    class Meta:
        model = User
        fields = ["email", "name", "language", "is_staff"]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=False)
        user.set_unusable_password()
        if commit:
            user.save()
        return user


class _Seats(admin.TabularInline[Member, Any]):
    model = Member
    extra = 0
    autocomplete_fields = ["user"]


class _Seat(admin.TabularInline[Member, Any]):
    model = Member
    extra = 0


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    form = _NewUserForm
    list_display = ["email", "name", "is_active", "is_staff"]
    search_fields = ["email", "name"]
    inlines = [_Seat]

    def get_form(self, request: Any, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Names and switches of a user who exists; the password is theirs alone."""
        if obj is not None:
            kwargs["form"] = forms.ModelForm
            kwargs["fields"] = ["email", "name", "language", "is_active", "is_staff"]
        return super().get_form(request, obj, change, **kwargs)


class _Terms(admin.TabularInline[Any, Any]):
    extra = 0
    fields = ["slug", "label", "position"]


class _Themes(_Terms):
    model = Theme


class _Networks(_Terms):
    model = Network


class _Partnerships(_Terms):
    model = Partnership


class _Missions(_Terms):
    model = Mission


@admin.register(Delegation)
class DelegationAdmin(admin.ModelAdmin[Delegation]):
    list_display = ["slug", "name", "country"]
    inlines = [_Seats, _Themes, _Networks, _Partnerships, _Missions]


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin[ApiToken]):
    """Tokens can be looked at and revoked here; they are made by ``create_api_token``."""

    list_display = ["user", "scopes", "created_at", "last_used_at", "expires_at", "revoked_at"]
    readonly_fields = ["user", "scopes", "created_at", "last_used_at", "expires_at", "revoked_at"]
    exclude = ["digest"]
    actions = ["revoke"]

    def has_add_permission(self, request: Any) -> bool:
        return False

    @admin.action(description="Revoke the chosen tokens")
    def revoke(self, request: Any, queryset: Any) -> None:
        queryset.filter(revoked_at=None).update(revoked_at=timezone.now())
