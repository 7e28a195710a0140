"""The first page of the desk, and the choice of the delegation to work for."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from delegations.enums import Permission
from delegations.models import Member
from delegations.selectors import SESSION_KEY, current_seat, grants, memberships
from desk.access import can
from desk.selectors.events import office_events
from desk.selectors.feed import latest_news
from desk.selectors.home import concerns, next_event, present_count
from desk.views.events import places_of


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The next event with its figures, what needs attention, what changed lately. The door's people go to the door."""
    seat = current_seat(request)
    if seat is None:
        return render(request, "desk/no_seat.html", status=403)
    if Permission.VIEW_EVENTS not in grants(seat):
        elsewhere = [other for other in memberships(request.user) if Permission.VIEW_EVENTS in grants(other)]
        if not elsewhere:
            return redirect("checkin:app")
        # Whoever has a desk in another office must be able to get there from here.
        return render(request, "desk/door_here.html", {"elsewhere": elsewhere})
    return render(request, "desk/home.html", _morning(request, seat))


def _morning(request: HttpRequest, seat: Member) -> dict[str, Any]:
    at, allowed = timezone.now(), grants(seat)
    events = office_events(request.user, seat.delegation, Permission.VIEW_EVENTS)
    managed = office_events(request.user, seat.delegation, Permission.MANAGE_EVENTS)
    event = next_event(events, at)
    return {
        "event": event,
        "can": event and can(request.user, event),
        "places": event and places_of(event),
        "is_today": event and at.astimezone(event.zone).date() >= event.local_start.date(),
        "present": event and present_count(event),
        "concerns": concerns(managed, at) if Permission.MANAGE_EVENTS in allowed else [],
        "manages": Permission.MANAGE_EVENTS in allowed,
        "news": latest_news(seat.delegation, events),
        "is_new_office": event is None and not events.exists(),
    }


@login_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Work for another of one's delegations."""
    wanted = request.POST.get("delegation", "")
    if wanted in {seat.delegation.slug for seat in memberships(request.user)}:
        request.session[SESSION_KEY] = wanted
    else:
        messages.error(request, _("You have no seat in that delegation."))
    after = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(after if safe else "desk:home")
