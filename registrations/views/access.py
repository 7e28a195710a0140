"""What the guests' pages share: finding the event, secrecy of addresses, limits on use."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from core.throttle import Limit, allows, client_address
from events.models import Event
from events.selectors import public_event
from registrations.services import normalise_email

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# An office of fifty may register from one address after one mail; a robot that wants a thousand places may not.
FORM_LIMIT = (60, 600)
LETTER_LIMIT = (4, 3600)


def secret_address(view: View[P]) -> View[P]:
    """For a page whose address opens something: kept by no cache, found by no search engine, told to no other site.

    The referrer goes to ourselves only. With ``no-referrer`` a browser would send the page's own forms with the origin
    ``null``, and those are refused as forgeries.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapper


def open_event(slug: str) -> Event:
    """The published event at this address. Raises Http404."""
    try:
        return public_event(slug)
    except Event.DoesNotExist:
        raise Http404(_("There is no event at this address.")) from None


def may_send_form(request: HttpRequest, event: Event | None, at: datetime) -> bool:
    """Count one form sent from this network for this event; False when there were too many lately."""
    times, seconds = FORM_LIMIT
    where = f"{client_address(request)}:{event.pk if event else 'any'}"
    return allows([Limit("form", where, times, seconds)], at=at)


def may_get_letter(email: str, event: Event | None, at: datetime) -> bool:
    """Count one letter asked for by a stranger to this address; False when it got enough of them lately."""
    times, seconds = LETTER_LIMIT
    key = f"{normalise_email(email)}:{event.pk if event else 'any'}"
    return allows([Limit("letter", key, times, seconds)], at=at)


def too_many() -> str:
    """The sentence for a network that sent too many forms."""
    return _("Many forms came from your network in the last minutes. Please wait ten minutes and send yours again.")
