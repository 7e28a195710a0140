"""The page after the form, drawn from its receipt alone, and the correction of a mistyped address."""

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.audit import GUEST
from events.models import Event
from registrations import services
from registrations.forms import AddressForm
from registrations.models import Registration
from registrations.receipts import Receipt, ReceiptInvalid, open_receipt, seal
from registrations.views.access import may_get_letter, may_send_form, open_event, secret_address, too_many
from registrations.views.form import full_meanwhile, registered


@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    """Say what the guest has now and where the letter went; POST corrects the address."""
    event, now = open_event(slug), timezone.now()
    try:
        opened = open_receipt(receipt, now)
    except ReceiptInvalid:
        return render(request, "registrations/receipt_gone.html", {"event": event}, status=HTTPStatus.GONE)
    if opened.event != event.pk:
        return render(request, "registrations/receipt_gone.html", {"event": event}, status=HTTPStatus.GONE)
    form = AddressForm(request.POST or None, purpose=f"address:{event.pk}")
    status = HTTPStatus.OK
    if request.method == "POST":
        answer = _correct(request, form, event, opened, now)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    return render(request, "registrations/done.html", {"event": event, "receipt": opened, "form": form}, status=status)


def _correct(
    request: HttpRequest, form: AddressForm, event: Event, receipt: Receipt, now: datetime
) -> HttpResponse | HTTPStatus:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    email = form.cleaned_data["email"]
    if not (may_send_form(request, event, now) and may_get_letter(email, event, now)):
        form.add_error(None, too_many())
        return HTTPStatus.TOO_MANY_REQUESTS
    try:
        corrected = _readdressed(event, receipt, email, now)
    except services.RegistrationError as error:
        form.add_error(None, full_meanwhile(event) if isinstance(error, services.EventFull) else error.message)
        return HTTPStatus.CONFLICT
    return redirect("registrations:done", event.slug, seal(corrected, now))


def _readdressed(event: Event, receipt: Receipt, email: str, now: datetime) -> Receipt:
    """The receipt after the correction, the same to look at whether the new address was registered before or not.

    Behind a receipt for nobody the guest is registered now, with what they typed. An address that has a registration
    of its own keeps that one, and the mistyped one gives its place back.
    """
    person = replace(receipt.person, email=email)
    mistyped = Registration.objects.live().select_related("event__delegation").filter(pk=receipt.registration).first()
    if mistyped is None:
        fresh = registered(event, person, receipt.mode, now)
        return fresh if fresh.registration else replace(fresh, state=receipt.state, position=receipt.position)
    try:
        services.correct_address(registration=mistyped, email=email, by=GUEST, at=now)
    except services.AlreadyRegistered:
        services.cancel_registration(registration=mistyped, by=GUEST, at=now, letter=None)
        services.resend_link(event=event, email=email, at=now)
        return replace(receipt, registration=0, person=person)
    return replace(receipt, person=person)
