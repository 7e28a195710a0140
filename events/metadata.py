"""What machines read on an event's page: schema.org's Event and the cards of social networks."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from core.markdown import to_plain
from events.calendar import page_url
from events.enums import Entry, Format, Status
from events.models import Event
from events.selectors import entry

_ATTENDANCE = {
    Format.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    Format.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Format.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}


def picture_address(event: Event) -> str:
    """The absolute address of the cover picture; empty without one."""
    return settings.PUBLIC_URL + event.cover.url if event.cover else ""


def summary(event: Event, language: str) -> str:
    """One or two plain sentences: the summary, else the beginning of the description."""
    text = event.summary.in_language(language, event.languages)
    return to_plain(text or event.description.in_language(language, event.languages))[:300]


def schema_org(event: Event, language: str, at: datetime) -> dict[str, Any]:
    """The event as schema.org/Event. The address of an online meeting is for registered guests and not in it."""
    status = "EventCancelled" if event.status == Status.CANCELLED else "EventScheduled"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title.in_language(language, event.languages),
        "description": summary(event, language),
        "startDate": event.local_start.isoformat(),
        "endDate": event.local_end.isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": _ATTENDANCE[Format(event.format)],
        "location": _locations(event),
        "organizer": [_host(event.delegation, language)]
        + [_host(row.delegation, language) for row in event.co_hosts.all()],
        "inLanguage": event.languages,
        "isAccessibleForFree": True,
        "url": page_url(event),
        "offers": _offer(event, at),
    }
    if event.cover:
        data["image"] = [picture_address(event)]
    return data


def _locations(event: Event) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = []
    if event.venue:
        address = {
            "@type": "PostalAddress",
            "streetAddress": event.venue.street,
            "postalCode": event.venue.postcode,
            "addressLocality": event.venue.city,
            "addressCountry": event.venue.country,
        }
        places.append({"@type": "Place", "name": event.venue.name, "address": address})
    if event.format != Format.IN_PERSON:
        places.append({"@type": "VirtualLocation", "url": page_url(event)})
    return places


def _host(delegation: Any, language: str) -> dict[str, str]:
    host = {"@type": "Organization", "name": delegation.name.in_language(language, delegation.languages)}
    return host | {"url": delegation.website} if delegation.website else host


def _offer(event: Event, at: datetime) -> dict[str, str]:
    stock = "InStock" if entry(event, at) == Entry.OPEN else "SoldOut"
    return {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "EUR",
        "availability": f"https://schema.org/{stock}",
        "url": page_url(event),
    }


def as_script_data(data: dict[str, Any]) -> SafeString:
    """``data`` as JSON that can't end the script element that it stands in."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308  escaped just above
