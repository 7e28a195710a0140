"""The page “send me my link again”: the same answer whether the address is registered or not."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.models import Event
from registrations import services
from registrations.forms import AddressForm
from registrations.services.links import resend_all_links
from registrations.views.access import may_get_letter, may_send_form, open_event, too_many


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Mail the link of one event's registration to its address."""
    event = open_event(slug)

    def send(email: str, at: datetime) -> None:
        services.resend_link(event=event, email=email, at=at)

    return _page(request, event, send)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def any_link(request: HttpRequest) -> HttpResponse:
    """Mail the links of all registrations of an address, for somebody whose link names no event any more."""

    def send(email: str, at: datetime) -> None:
        resend_all_links(email=email, at=at)

    return _page(request, None, send)


def _page(request: HttpRequest, event: Event | None, send: Callable[[str, datetime], None]) -> HttpResponse:
    now = timezone.now()
    form = AddressForm(request.POST or None, purpose=f"link:{event.pk if event else 'any'}")
    context: dict[str, Any] = {"event": event, "form": form, "sent": "sent" in request.GET}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = _take(request, form, event, send, now)
        if status == HTTPStatus.OK:
            return redirect(f"{request.path}?sent=1")
        context["sent"] = False
    return render(request, "registrations/lost_link.html", context, status=status)


def _take(
    request: HttpRequest, form: AddressForm, event: Event | None, send: Callable[[str, datetime], None], now: datetime
) -> HTTPStatus:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if not may_send_form(request, event, now):
        form.add_error(None, too_many())
        return HTTPStatus.TOO_MANY_REQUESTS
    email = form.cleaned_data["email"]
    if may_get_letter(email, event, now):
        send(email, now)
    return HTTPStatus.OK
