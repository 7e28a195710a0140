"""The operators' view of buildings and rooms. Events are the organisers' matter, on their own pages."""

from typing import Any

from django.contrib import admin

from events.models import Room, Venue


class _Rooms(admin.TabularInline[Room, Any]):
    model = Room
    extra = 0


@admin.register(Venue)
class VenueAdmin(admin.ModelAdmin[Venue]):
    list_display = ["name", "address", "delegation"]
    inlines = [_Rooms]
