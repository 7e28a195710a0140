"""The list of events, an event's own page, and the form."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.audit import Actor
from delegations.enums import Permission
from delegations.selectors import may as may_act
from desk import editing
from desk.access import Can, can, seated, the_event
from desk.enums import EventTab
from desk.forms.event import EventForm
from desk.selectors.events import (
    letters_to_send,
    list_counts,
    listed,
    modes_in_use,
    office_events,
    vocabulary,
    with_numbers,
)
from desk.selectors.home import present_count
from events.enums import Mode, Status
from events.models import Event
from events.selectors import entry, pools_of
from events.services import WrongStatus, publishing_problems
from registrations.selectors import state_counts
from totals.selectors import current_statement

PER_PAGE = 25


def places_of(event: Event) -> list[dict[str, Any]]:
    """For each mode that the event offers: its label, how many places there are and how many are taken."""
    pools = pools_of(event)
    rows = [(mode, pools[mode]) for mode in event.modes if mode in pools]
    return [
        {"mode": mode, "label": Mode(mode).label, "size": pool.size, "taken": pool.taken, "is_full": pool.is_full}
        for mode, pool in rows
    ]


def event_tabs(event: Event, may: Can, here: str) -> list[dict[str, Any]]:
    """The pages of one event that the person may open."""
    changeable = event.status in (Status.DRAFT, Status.PUBLISHED)
    pages = [("event", _("Overview"), True), ("event_edit", _("Edit"), may.manage and changeable)]
    if event.status != Status.DRAFT:
        pages += [("guests", _("Guests"), may.see_guests), ("badges", _("Badges"), may.manage_guests)]
    return [
        {"label": label, "url": reverse(f"desk:{name}", args=[event.pk]), "current": name == here}
        for name, label, allowed in pages
        if allowed
    ]


@login_required
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """The events of the office by tab."""
    delegation, at = seated(request, Permission.VIEW_EVENTS), timezone.now()
    events = office_events(request.user, delegation, Permission.VIEW_EVENTS)
    counts = list_counts(events, at)
    tab = request.GET.get("tab", "")
    tab = tab if tab in EventTab.values else EventTab.UPCOMING.value
    page = Paginator(listed(with_numbers(events), tab, at), PER_PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"label": label, "url": f"?tab={value}", "count": counts[value], "current": value == tab}
        for value, label in EventTab.choices
    ]
    manages = may_act(request.user, delegation, Permission.MANAGE_EVENTS)
    return render(
        request,
        "desk/events/list.html",
        {
            "page": page,
            "tabs": tabs,
            "tab": tab,
            "section": "events",
            "manages": manages,
            "is_empty": not any(counts.values()),
        },
    )


@login_required
@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: how it stands, and what can be done with it now."""
    found, at = the_event(request, pk, Permission.VIEW_EVENTS), timezone.now()
    may = can(request.user, found)
    counts = state_counts(found)
    context = {
        "event": found,
        "can": may,
        "tabs": event_tabs(found, may, "event"),
        "entry": entry(found, at),
        "counts": counts,
        "awaiting": counts["pending"] + counts["unverified"],
        "gone": counts["cancelled"] + counts["declined"],
        "present": present_count(found),
        "places": places_of(found),
        "problems": publishing_problems(found) if found.status == Status.DRAFT else [],
        "is_over": at >= found.ends_at,
        "has_begun": at.astimezone(found.zone).date() >= found.local_start.date(),
        "statement": current_statement(found) if found.status == Status.CLOSED else None,
        "public_url": request.build_absolute_uri(reverse("events:page", args=[found.slug])),
        "section": "events",
    }
    return render(request, "desk/events/event.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_new(request: HttpRequest) -> HttpResponse:
    """Draft an event."""
    delegation, at = seated(request, Permission.MANAGE_EVENTS), timezone.now()
    form = EventForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial=editing.blank(delegation, at),
        vocabulary=vocabulary(delegation),
    )
    if request.method == "POST" and form.is_valid():
        made = editing.save_new(form=form, delegation=delegation, by=Actor.of(request.user), at=at)
        messages.success(request, _("The draft is saved. Look at it as a guest will see it, then publish it."))
        _warn_of_crowd(request, made)
        return redirect("desk:event", made.pk)
    return _form_page(request, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an event; what the guests will be told of is said before it is saved."""
    found = the_event(request, pk, Permission.MANAGE_EVENTS)
    if found.status not in (Status.DRAFT, Status.PUBLISHED):
        messages.error(request, _("This event is closed or cancelled and can't be changed any more."))
        return redirect("desk:event", pk)
    form = EventForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial=editing.as_typed(found),
        vocabulary=vocabulary(found.delegation, found),
        modes_in_use=modes_in_use(found),
    )
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, found)
    mark = editing.told_change(found, form)
    if mark and request.POST.get("told") != mark:
        return _form_page(request, form, found, mark=mark, letters=letters_to_send(found))
    return _save(request, form, found, told=bool(mark))


def _save(request: HttpRequest, form: EventForm, found: Event, *, told: bool) -> HttpResponse:
    letters = letters_to_send(found) if told else 0
    try:
        if not editing.save_changes(form=form, event=found, by=Actor.of(request.user), at=timezone.now()):
            return _form_page(request, form, the_event(request, found.pk, Permission.MANAGE_EVENTS))
    except WrongStatus as error:
        messages.error(request, error.message)
        return redirect("desk:event", found.pk)
    text = ngettext("Saved; %(count)s letter is on its way.", "Saved; %(count)s letters are on their way.", letters)
    messages.success(request, text % {"count": letters} if told else _("Saved."))
    _warn_of_crowd(request, the_event(request, found.pk, Permission.MANAGE_EVENTS))
    return redirect("desk:event", found.pk)


def _warn_of_crowd(request: HttpRequest, event: Event) -> None:
    if editing.crowds_the_room(event) and event.room:
        text = _("There are more places than the room seats: %(room)s has %(capacity)s seats.")
        messages.warning(request, text % {"room": event.room.name, "capacity": event.room.capacity})


def _form_page(
    request: HttpRequest, form: EventForm, event: Event | None, *, mark: str = "", letters: int = 0
) -> HttpResponse:
    if form.is_bound:
        form.keep_cover()
    context: dict[str, Any] = {"form": form, "event": event, "mark": mark, "letters": letters, "section": "events"}
    if event:
        context["tabs"] = event_tabs(event, can(request.user, event), "event_edit")
    return render(request, "desk/events/form.html", context, status=422 if form.errors else 200)
