"""Printing badges: the form, the page that shows the progress, and the file."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.models import Job
from delegations.enums import Permission
from desk.access import can, the_event, the_job
from desk.forms.badges import BadgeForm
from desk.views.events import event_tabs
from events.enums import Status
from events.models import Event
from registrations.selectors.badges import badge_guests, in_order
from registrations.services.badges import NothingToPrint, SheetNotPossible, start_badges


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def badges(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose paper and guests; printing starts in the worker, the test page comes at once."""
    event = the_event(request, pk, Permission.MANAGE_GUESTS)
    if event.status == Status.DRAFT:
        messages.error(request, _("Badges can be printed once the event is published."))
        return redirect("desk:event", pk)
    guests = in_order(badge_guests(event))
    form = BadgeForm(request.POST if request.method == "POST" else None, offered=[guest.pk for guest in guests])
    if request.method == "POST" and form.is_valid():
        answer = _trial(form, event) if "trial" in request.POST else _start(request, form, event)
        if answer:
            return answer
    wanted = {
        int(text) for text in (request.POST or request.GET).getlist("selected") if text.isascii() and text.isdigit()
    }
    context: dict[str, Any] = {
        "event": event,
        "tabs": event_tabs(event, can(request.user, event), "badges"),
        "form": form,
        "guests": guests,
        "wanted": wanted,
        "left_out": len(wanted - {guest.pk for guest in guests}),
        "section": "events",
    }
    return render(request, "desk/badges/form.html", context, status=422 if form.errors else 200)


def _trial(form: BadgeForm, event: Event) -> HttpResponse | None:
    from registrations.badges.printing import trial_page

    wanted = form.settings()
    content = trial_page(wanted["layout"], wanted["offset_x"], wanted["offset_y"], timezone.now())
    name = f"test-page-{wanted['layout']}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _start(request: HttpRequest, form: BadgeForm, event: Event) -> HttpResponse | None:
    try:
        job = start_badges(event=event, owner=request.user, at=timezone.now(), **form.settings())
    except SheetNotPossible as error:
        form.add_error("start", str(error.message))
    except NothingToPrint as error:
        form.add_error(None, str(error.message))
    else:
        return redirect("desk:job", job.pk)
    return None


@login_required
@never_cache
@require_safe
def job(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far one's own job is; asks again by itself while it runs."""
    found = the_job(request, pk)
    context = {
        "job": found,
        "at_work": found.state in (Job.State.QUEUED, Job.State.RUNNING),
        "event_pk": found.params.get("event"),
        "section": "events",
    }
    return render(request, "desk/badges/job.html", context)


@login_required
@never_cache
@require_safe
def job_file(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """The file of one's own finished job."""
    found = the_job(request, pk)
    if found.state != Job.State.DONE or not found.file:
        raise Http404
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.filename, content_type=found.content_type
    )
