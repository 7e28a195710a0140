"""One guest: adding, correcting, cancelling, approving, writing again."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.audit import Actor
from delegations.enums import Permission
from desk.access import can, the_event, the_guest
from desk.forms.guests import CancelGuestForm, CorrectionForm, GuestForm
from desk.selectors.history import history
from events.enums import Status
from events.models import Event
from registrations import services
from registrations.enums import LetterKind, Source, State
from registrations.models import Registration
from registrations.selectors import waiting_position
from registrations.services import AlreadyRegistered, EventFull, RegistrationError


def _back(request: HttpRequest, guest: Registration) -> HttpResponse:
    """To the page that the person came from, else to the guest's."""
    after = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(after if safe else reverse("desk:guest", args=[guest.pk]))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a guest by hand."""
    event = the_event(request, pk, Permission.MANAGE_GUESTS)
    if event.status != Status.PUBLISHED:
        messages.error(request, _("Guests can be added while the event is published."))
        return redirect("desk:event", pk)
    form = GuestForm(request.POST if request.method == "POST" else None, event=event)
    if request.method == "POST" and form.is_valid() and (guest := _register(request, form, event)):
        messages.success(request, _welcome(guest))
        return redirect("desk:guest_add" if "another" in request.POST else "desk:guests", pk)
    context = {"event": event, "form": form, "section": "events"}
    return render(request, "desk/guests/add.html", context, status=422 if form.errors else 200)


def _register(request: HttpRequest, form: GuestForm, event: Event) -> Registration | None:
    data = form.cleaned_data
    try:
        return services.register(
            event=event,
            person=form.person(),
            mode=data["mode"],
            part=data["part"],
            letter=data["letter"],
            source=Source.STAFF,
            by=Actor.of(request.user),
            at=timezone.now(),
        )
    except AlreadyRegistered as error:
        form.add_error(
            "email", _("%(name)s is registered with this address already.") % {"name": error.registration.name}
        )
    except EventFull as error:
        form.add_error(None, _("%(message)s Add places on the event's form first.") % {"message": error.message})
    except RegistrationError as error:
        form.add_error(None, error.message)
    return None


def _welcome(guest: Registration) -> str:
    if guest.status == State.WAITLISTED:
        position = waiting_position(guest)
        return _("%(name)s is on the waiting list, at place %(position)s.") % {"name": guest.name, "position": position}
    return _("%(name)s has a place.") % {"name": guest.name}


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, pk: int) -> HttpResponse:
    """Who the guest is, to look at or to put right, and what happened so far."""
    found = the_guest(request, pk, Permission.VIEW_GUESTS)
    may = can(request.user, found.event)
    if request.method == "POST":
        found = the_guest(request, pk, Permission.MANAGE_GUESTS)
    form = CorrectionForm(request.POST if request.method == "POST" else None, registration=found)
    if request.method == "POST" and form.is_valid() and _correct(request, form, found):
        return redirect("desk:guest", pk)
    context = {
        "guest": the_guest(request, pk, Permission.VIEW_GUESTS),
        "event": found.event,
        "form": form,
        "can": may,
        "position": waiting_position(found),
        "other_modes": [mode for mode in found.event.modes if mode != found.mode] if found.is_live else [],
        "steps": history(found),
        "section": "events",
    }
    return render(request, "desk/guests/guest.html", context, status=422 if form.errors else 200)


def _correct(request: HttpRequest, form: CorrectionForm, found: Registration) -> bool:
    by, at, new_email = Actor.of(request.user), timezone.now(), form.new_email
    try:
        with transaction.atomic():
            services.change_person(registration=found, by=by, at=at, **form.details())
            if new_email:
                services.correct_address(registration=found, email=new_email, by=by, at=at)
    except AlreadyRegistered as error:
        form.add_error(
            "email", _("%(name)s is registered with this address already.") % {"name": error.registration.name}
        )
        return False
    except RegistrationError as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, _("Saved; a new letter goes to the new address.") if new_email else _("Saved."))
    return True


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a guest off the list, after a page that asks whether to write to them."""
    found = the_guest(request, pk, Permission.MANAGE_GUESTS)
    if not found.is_live:
        messages.info(request, _("This registration is cancelled or declined already."))
        return redirect("desk:guest", pk)
    form = CancelGuestForm(request.POST if request.method == "POST" else None, initial={"letter": bool(found.email)})
    if request.method == "POST" and form.is_valid():
        return _cancel(request, found, letter=form.cleaned_data["letter"])
    context = {"guest": found, "event": found.event, "form": form, "section": "events"}
    return render(request, "desk/guests/cancel.html", context)


def _cancel(request: HttpRequest, found: Registration, *, letter: bool) -> HttpResponse:
    kind = LetterKind.CANCELLED_BY_ORGANISER if letter else None
    try:
        services.cancel_registration(registration=found, by=Actor.of(request.user), at=timezone.now(), letter=kind)
    except RegistrationError as error:
        messages.error(request, error.message)
        return redirect("desk:guest", found.pk)
    messages.success(request, _("%(name)s is cancelled.") % {"name": found.name})
    return redirect("desk:guests", found.event_id)


def _decide(
    request: HttpRequest, pk: int, decision: Callable[..., Registration], text: Callable[[Registration], str]
) -> HttpResponse:
    found = the_guest(request, pk, Permission.MANAGE_GUESTS)
    try:
        decision(registration=found, by=Actor.of(request.user), at=timezone.now())
    except RegistrationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, text(found))
    return _back(request, found)


@login_required
@require_POST
def guest_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a request: a place, or the waiting list."""
    return _decide(request, pk, services.approve_registration, _welcome)


@login_required
@require_POST
def guest_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline a request, with a letter."""
    return _decide(
        request, pk, services.decline_registration, lambda found: _("%(name)s is declined.") % {"name": found.name}
    )


@login_required
@require_POST
def guest_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the letter of the registration's present state again."""
    found = the_guest(request, pk, Permission.MANAGE_GUESTS)
    if not found.email:
        messages.error(request, _("This guest has no e-mail address: add one first."))
    elif not found.is_live:
        messages.error(request, _("This registration is cancelled or declined: there is no letter to send again."))
    else:
        with transaction.atomic():
            services.send_state_letter(registration=found, at=timezone.now())
        messages.success(request, _("The letter to %(email)s is on its way again.") % {"email": found.email})
    return _back(request, found)


@login_required
@require_POST
def guest_mode(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the guest take part the other way, if there is a place."""
    found = the_guest(request, pk, Permission.MANAGE_GUESTS)
    try:
        services.change_mode(
            registration=found, mode=request.POST.get("mode", ""), by=Actor.of(request.user), at=timezone.now()
        )
    except RegistrationError as error:
        messages.error(request, error.message)
    else:
        text = _("%(name)s takes part %(mode)s now.")
        messages.success(request, text % {"name": found.name, "mode": found.get_mode_display()})
    return _back(request, found)
