"""The turns of an event's life: preview, publish, cancel, close."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.audit import Actor
from delegations.enums import Permission
from desk import services
from desk.access import the_event
from desk.forms.guests import CancelEventForm
from desk.selectors.events import letters_to_send
from desk.selectors.home import present_count
from events import metadata
from events.calendar import page_url
from events.enums import Status
from events.models import Event
from events.services import EventError, NotPublishable
from events.standing import standing
from totals.selectors import closing_preview


@login_required
@require_POST
def event_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft → published, or the list of what is missing."""
    event = the_event(request, pk, Permission.MANAGE_EVENTS)
    try:
        services.publish_event(event=event, by=Actor.of(request.user), at=timezone.now())
    except NotPublishable as error:
        for problem in error.problems:
            messages.error(request, problem)
    except EventError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The event is published. Its page is open to guests."))
    return redirect("desk:event", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the event off, after a page that says to how many this will be told."""
    event = the_event(request, pk, Permission.MANAGE_EVENTS)
    if event.status != Status.PUBLISHED:
        messages.error(request, _("Only a published event can be cancelled."))
        return redirect("desk:event", pk)
    form, letters = CancelEventForm(request.POST if request.method == "POST" else None), letters_to_send(event)
    if request.method == "POST" and form.is_valid():
        return _cancel(request, event, form.cleaned_data["reason"], letters)
    context = {"event": event, "form": form, "letters": letters, "section": "events"}
    return render(request, "desk/events/cancel.html", context, status=422 if form.errors else 200)


def _cancel(request: HttpRequest, event: Event, reason: str, letters: int) -> HttpResponse:
    try:
        services.cancel_event(event=event, by=Actor.of(request.user), at=timezone.now(), reason=reason)
    except EventError as error:
        messages.error(request, error.message)
    else:
        text = ngettext(
            "The event is cancelled; %(count)s letter is on its way.",
            "The event is cancelled; %(count)s letters are on their way.",
            letters,
        )
        messages.success(request, text % {"count": letters})
    return redirect("desk:event", event.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the event's counts into its statement, after a page that shows them."""
    event, at = the_event(request, pk, Permission.MANAGE_EVENTS), timezone.now()
    if event.status != Status.PUBLISHED:
        messages.error(request, _("Only a published event can be closed."))
        return redirect("desk:event", pk)
    if request.method == "POST":
        return _close(request, event)
    context = {
        "event": event,
        "preview": closing_preview(event, at),
        "may_close": at >= event.ends_at or present_count(event) > 0,
        "section": "events",
    }
    return render(request, "desk/events/close.html", context)


def _close(request: HttpRequest, event: Event) -> HttpResponse:
    try:
        services.close_event(event=event, by=Actor.of(request.user), at=timezone.now())
    except EventError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The event is closed. Its statement is part of the totals now."))
    return redirect("desk:event", event.pk)


@login_required
@require_safe
def event_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page as a guest will see it, for drafts too; ``?language=`` chooses among the event's languages."""
    event = the_event(request, pk, Permission.VIEW_EVENTS)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in event.languages else (get_language() or "en")
    with override(language):
        return render(request, "desk/events/preview.html", _public_page(event, language))


def _public_page(event: Event, language: str) -> dict[str, Any]:
    at = timezone.now()
    return {
        "event": event,
        "standing": standing(event, at),
        "summary": metadata.summary(event, language),
        "schema_org": metadata.as_script_data(metadata.schema_org(event, language, at)),
        "canonical": page_url(event),
        "picture": "",
        "is_listed": False,
        "shown_language": language,
    }
