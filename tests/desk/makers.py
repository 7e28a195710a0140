"""What the tests of the desk type and sign in with."""

import io
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from delegations.enums import Role
from tests import factories


def desk(role: str = Role.ORGANISER, of: Any = None, **user: Any) -> tuple[Client, Any]:
    """A signed-in client, and the delegation in which its person has ``role``."""
    office = of or factories.delegation()
    client = Client()
    client.force_login(factories.member(role, office, **user))
    return client, office


def typed(**changes: Any) -> dict[str, Any]:
    """A filled event form, as a browser sends it; None leaves a field out."""
    values: dict[str, Any] = {
        "kind": "seminar",
        "languages": ["en", "fr"],
        "title_en": "Clean air",
        "title_fr": "L’air pur",
        "starts_at": "2031-03-18T18:00",
        "ends_at": "2031-03-18T20:00",
        "timezone": "Europe/Brussels",
        "format": "in_person",
        "venue_country": "BE",
        "places_in_person": "80",
        "visibility": "public",
        "waiting_list": "on",
        "counts": "on",
    }
    merged = {**values, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def retyped(event: Any, **changes: Any) -> dict[str, Any]:
    """The edit form of ``event`` as it stands, with ``changes``."""
    clock = "%Y-%m-%dT%H:%M"
    pools = {pool.mode: pool.size for pool in event.pools.all()}
    values = {
        "kind": event.kind,
        "languages": event.languages,
        **{f"title_{code}": text for code, text in event.title.items()},
        "title_fr": event.title.get("fr"),
        "starts_at": event.local_start.strftime(clock),
        "ends_at": event.local_end.strftime(clock),
        "timezone": event.timezone,
        "format": event.format,
        "venue": event.venue_id,
        "places_in_person": pools.get("in_person"),
        "places_online": pools.get("online"),
        "waiting_list": "on" if event.waiting_list else None,
    }
    return typed(**{**values, **changes})


def picture(size: tuple[int, int] = (64, 32), kind: str = "PNG", name: str = "cover.png") -> SimpleUploadedFile:
    """An uploaded picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", size, "#1f4d3a").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def soon_over(at: datetime, hours: int = 2) -> dict[str, datetime]:
    """Start and end of an event that was over ``hours`` before ``at``."""
    from datetime import timedelta

    return {"starts_at": at - timedelta(hours=hours + 2), "ends_at": at - timedelta(hours=hours)}
