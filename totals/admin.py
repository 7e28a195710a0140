"""The operators' side: opening balances, through the same services as everything else; statements to look at."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from core.audit import Actor
from totals import services
from totals.models import OpeningBalance, Statement


@admin.register(OpeningBalance)
class OpeningBalanceAdmin(admin.ModelAdmin[OpeningBalance]):
    list_display = ["delegation", "figure", "value", "as_of", "source", "verified"]
    list_filter = ["delegation", "verified"]
    actions = None
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_readonly_fields(self, request: HttpRequest, obj: OpeningBalance | None = None) -> list[str]:
        return ["delegation", "figure"] if obj else []

    def save_model(self, request: HttpRequest, obj: OpeningBalance, form: Any, change: bool) -> None:
        values = ("value", "as_of", "source", "source_url", "since", "wording", "verified")
        kept = services.set_opening_balance(
            delegation=obj.delegation,
            figure=obj.figure,
            by=Actor.of(request.user),
            at=timezone.now(),
            **{name: getattr(obj, name) for name in values},
        )
        obj.pk = kept.pk

    def delete_model(self, request: HttpRequest, obj: OpeningBalance) -> None:
        services.remove_opening_balance(balance=obj, by=Actor.of(request.user), at=timezone.now())


@admin.register(Statement)
class StatementAdmin(admin.ModelAdmin[Statement]):
    list_display = ["title", "held_on", "delegation", "version", "is_current", "participants", "closed_by"]
    list_filter = ["delegation", "is_current", "counts"]
    list_select_related = ["delegation"]
    date_hierarchy = "held_on"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False
