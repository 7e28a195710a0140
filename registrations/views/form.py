"""The form with which a guest registers."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.audit import GUEST
from events.models import Event
from events.standing import standing
from registrations import services
from registrations.enums import Source
from registrations.forms import RegistrationForm
from registrations.receipts import Receipt, seal
from registrations.selectors import waiting_position
from registrations.selectors.expected import expected_state
from registrations.services import Person
from registrations.views.access import may_get_letter, may_send_form, open_event, too_many


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, take it, and go on to the receipt; an event that takes nobody now says so instead."""
    event, now = open_event(slug), timezone.now()
    state = standing(event, now)
    if not state.button:
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return render(request, "registrations/closed.html", {"event": event, "standing": state}, status=status)
    form = RegistrationForm(request.POST or None, event=event)
    status = HTTPStatus.OK
    if request.method == "POST":
        answer = _take(request, form, event, now)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {"event": event, "standing": state, "form": form, "controller": event.delegation}
    return render(request, "registrations/form.html", context, status=status)


def _take(request: HttpRequest, form: RegistrationForm, event: Event, now: datetime) -> HttpResponse | HTTPStatus:
    """The way to the receipt, or the status with which the form goes back."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if not may_send_form(request, event, now):
        form.add_error(None, too_many())
        return HTTPStatus.TOO_MANY_REQUESTS
    try:
        receipt = registered(event, form.person, form.mode_choice, now)
    except services.EventFull:
        form.add_error("mode" if "mode" in form.fields else None, full_meanwhile(event))
        return HTTPStatus.CONFLICT
    except services.RegistrationError as error:
        form.add_error(None, error.message)
        return HTTPStatus.CONFLICT
    return redirect("registrations:done", event.slug, seal(receipt, now))


def full_meanwhile(event: Event) -> str:
    """What to say to somebody who came too late for the last place."""
    if len(event.modes) > 1:
        return _("The last of these places was just taken. Choose the other way to take part, if it suits you.")
    return _("The last place was just taken. Write to %(address)s if you would like to be told of a free one.") % {
        "address": event.delegation.email
    }


def registered(event: Event, person: Person, mode: str, now: datetime) -> Receipt:
    """Register ``person``; for an address that is registered already, the receipt that a new guest would get now.

    In that case its owner gets the link to what is there, and whoever typed it learns nothing. Raises what ``register``
    raises but AlreadyRegistered.
    """
    try:
        made = services.register(event=event, person=person, mode=mode, source=Source.FORM, by=GUEST, at=now)
    except services.AlreadyRegistered:
        return _as_if_new(event, person, mode, now)
    return Receipt(event.pk, made.pk, made.status, waiting_position(made) or 0, mode, person)


def _as_if_new(event: Event, person: Person, mode: str, now: datetime) -> Receipt:
    if may_get_letter(person.email, event, now):
        services.resend_link(event=event, email=person.email, at=now)
    expected = expected_state(event, mode)
    if expected is None:
        raise services.EventFull(full_meanwhile(event))
    state, position = expected
    return Receipt(event.pk, 0, state, position, mode, person)
