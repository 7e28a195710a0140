"""A guest's own registration, opened by the link in their letter: see, change, cancel, badge, calendar entry."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.audit import GUEST
from core.documents import LettersMissing
from events.calendar import CONTENT_TYPE, event_calendar
from events.enums import Mode, Status
from registrations import services
from registrations.badges import badge_pdf, badge_svg
from registrations.enums import State
from registrations.forms import DetailsForm
from registrations.models import Registration
from registrations.selectors import by_manage_link, waiting_position
from registrations.views.access import secret_address

Page = Callable[[HttpRequest, Registration, str], HttpResponse]


def _with_link(view: Page) -> Callable[[HttpRequest, int, str], HttpResponse]:
    """Open the registration for ``view``; a wrong or dead link gets a page that says how to get a new one."""

    @secret_address
    @wraps(view)
    def wrapper(request: HttpRequest, pk: int, token: str) -> HttpResponse:
        try:
            registration = by_manage_link(pk, token)
        except Registration.DoesNotExist:
            return render(request, "registrations/link_unknown.html", status=HTTPStatus.NOT_FOUND)
        return view(request, registration, token)

    return wrapper


def _may_change(registration: Registration) -> bool:
    """Whether the guest can still change anything: the registration lives and the event is ahead or under way."""
    event = registration.event
    return registration.is_live and event.status == Status.PUBLISHED and timezone.now() < event.ends_at


def _context(registration: Registration, token: str, **more: Any) -> dict[str, Any]:
    return {
        "registration": registration,
        "event": registration.event,
        "token": token,
        "may_change": _may_change(registration),
        "is_confirmed": registration.status == State.CONFIRMED,
        **more,
    }


def _to_mine(registration: Registration, token: str, note: str = "") -> HttpResponse:
    response = redirect("registrations:mine", registration.pk, token)
    response["Location"] += f"?{note}=1" if note else ""
    return response


@require_safe
@_with_link
def mine(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """Where the registration stands and what can be done with it."""
    meeting = registration.event.online_url if registration.mode == Mode.ONLINE else ""
    context = _context(
        registration,
        token,
        position=waiting_position(registration),
        meeting=meeting if registration.status == State.CONFIRMED else "",
        saved="saved" in request.GET,
    )
    return render(request, "registrations/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_with_link
def edit(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """Correct the details or change how one takes part."""
    if not _may_change(registration):
        return _to_mine(registration, token)
    form = DetailsForm(request.POST or None, registration=registration)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = _save(form, registration)
        if status == HTTPStatus.OK:
            return _to_mine(registration, token, "saved")
    return render(request, "registrations/edit.html", _context(registration, token, form=form), status=status)


def _save(form: DetailsForm, registration: Registration) -> HTTPStatus:
    """Save all of the form or nothing of it."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    now = timezone.now()
    try:
        with transaction.atomic():
            if form.mode_choice != registration.mode:
                services.change_mode(registration=registration, mode=form.mode_choice, by=GUEST, at=now)
            services.change_person(registration=registration, by=GUEST, at=now, **form.details)
    except services.PoolFull:
        form.add_error("mode", _("There is no place left this way; you keep the one that you have."))
        return HTTPStatus.CONFLICT
    except services.RegistrationError as error:
        form.add_error(None, error.message)
        return HTTPStatus.CONFLICT
    return HTTPStatus.OK


@require_http_methods(["GET", "HEAD", "POST"])
@_with_link
def cancel(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """Ask whether to give the place back; POST does it."""
    if not _may_change(registration):
        return _to_mine(registration, token)
    if request.method == "POST":
        services.cancel_registration(registration=registration, by=GUEST, at=timezone.now())
        return _to_mine(registration, token)
    return render(request, "registrations/cancel.html", _context(registration, token))


@require_safe
@_with_link
def badge(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """The badge, large enough to be scanned from the screen."""
    if registration.status != State.CONFIRMED:
        return _to_mine(registration, token)
    symbol = badge_svg(registration.badge_code, _("QR code of your badge"))
    return render(request, "registrations/badge.html", _context(registration, token, symbol=symbol))


@require_safe
@_with_link
def badge_file(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """The badge as a PDF to print; a name that our fonts lack letters for is shown on the page instead."""
    if registration.status != State.CONFIRMED:
        return _to_mine(registration, token)
    try:
        content = badge_pdf(registration, timezone.now())
    except LettersMissing as missing:
        symbol = badge_svg(registration.badge_code, _("QR code of your badge"))
        context = _context(registration, token, symbol=symbol, problem=missing.message)
        return render(request, "registrations/badge.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    filename = f"{slugify(registration.event.title)[:60] or 'event'}-badge.pdf"
    return _file(content, "application/pdf", filename)


@require_safe
@_with_link
def entry(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """The calendar entry with what only a guest may know, such as the address of the meeting."""
    confirmed = registration.status == State.CONFIRMED
    content = event_calendar(
        [registration.event],
        registration.language,
        mode=registration.mode if confirmed else None,
        cancelled=not registration.is_live,
    )
    return _file(content, CONTENT_TYPE, f"{registration.event.slug}.ics")


def _file(content: bytes, content_type: str, filename: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=filename) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
