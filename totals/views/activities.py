"""The register of activities: what the delegation did that has no attendees."""

import zoneinfo
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.audit import Actor
from delegations.enums import Permission
from delegations.selectors import may
from totals import selectors, services, wording
from totals.enums import FIGURE_OF, ActivityKind
from totals.forms import ActivityForm
from totals.models import Activity
from totals.views.access import seated

PER_PAGE = 50


@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The list, by kind and year, with a search and the buttons to add one."""
    delegation = seated(request, Permission.VIEW_TOTALS)
    years = selectors.years(request.user, delegation)
    year = next((year for year in years if str(year) == request.GET.get("year")), None)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rows = selectors.register(request.user, delegation, year, text)
    kind = request.GET.get("kind", "")
    kind = kind if kind in ActivityKind.values else ""
    found = rows.filter(kind=kind) if kind else rows
    context = {
        "section": "activities",
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "tabs": _tabs(request, selectors.kind_counts(rows), kind),
        "kinds": _kinds(),
        "years": years,
        "year": year,
        "text": text,
        "kind": kind,
        "is_filtered": bool(year or text or kind),
        "manages": may(request.user, delegation, Permission.MANAGE_ACTIVITIES),
    }
    return render(request, "totals/activities.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Note one down: the kind comes from the button that was pressed, the day is today unless said otherwise."""
    delegation = seated(request, Permission.MANAGE_ACTIVITIES)
    at = timezone.now()
    today = at.astimezone(zoneinfo.ZoneInfo(delegation.time_zone)).date()
    initial = {"kind": request.GET.get("kind"), "held_on": request.GET.get("held_on") or today}
    form = ActivityForm(request.POST or None, initial=initial, delegation=delegation, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_activity(delegation=delegation, by=Actor.of(request.user), at=at, **form.cleaned_data)
        except services.ActivityError as error:
            form.add_error(error.field, error.message)
        else:
            _tell(request, made, _("Noted: “%(title)s”, %(day)s."))
            return redirect(_next(request, made))
    context = {"section": "activities", "form": form, "may_add_another": True}
    return render(request, "totals/activity_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an entry."""
    found, at = _the_activity(request, pk), timezone.now()
    title = found.title
    form = ActivityForm(request.POST or None, instance=found, delegation=found.delegation, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_activity(activity=found, by=Actor.of(request.user), at=at, **form.cleaned_data)
        except services.ActivityError as error:
            form.add_error(error.field, error.message)
        else:
            _tell(request, found, _("Corrected: “%(title)s”, %(day)s."))
            return redirect("totals:activities")
    context = {"section": "activities", "form": form, "activity": found, "title": title}
    return render(request, "totals/activity_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take the entry out."""
    found = _the_activity(request, pk)
    if request.method == "GET":
        return render(request, "totals/activity_delete.html", {"section": "activities", "activity": found})
    title = found.title
    services.delete_activity(activity=found, by=Actor.of(request.user), at=timezone.now())
    messages.success(request, _("“%(title)s” is deleted and counts no longer.") % {"title": title})
    return redirect("totals:activities")


def _the_activity(request: HttpRequest, pk: int) -> Activity:
    try:
        return selectors.activity_for(request.user, pk, Permission.MANAGE_ACTIVITIES)
    except Activity.DoesNotExist as error:
        raise Http404 from error


def _tell(request: HttpRequest, activity: Activity, sentence: str) -> None:
    """Say that it is kept, and if it moves no figure, why."""
    messages.success(request, sentence % {"title": activity.title, "day": wording.day(activity.held_on)})
    balance = selectors.opening_balance(activity.delegation, FIGURE_OF[activity.kind])
    if balance and activity.held_on <= balance.as_of:
        text = _("It moves no figure: the opening balance counts everything up to %(day)s already.")
        messages.info(request, text % {"day": wording.day(balance.as_of)})


def _next(request: HttpRequest, made: Activity) -> str:
    if "another" not in request.POST:
        return reverse("totals:activities")
    return f"{reverse('totals:activity_new')}?kind={made.kind}&held_on={made.held_on:%Y-%m-%d}"


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, capfirst(str(kind.label))) for kind in ActivityKind]


def _tabs(request: HttpRequest, counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    kept = request.GET.copy()
    kept.pop("page", None)
    tabs = []
    for value, label in [("", _("All")), *_kinds()]:
        kept["kind"] = value
        count = counts[value] if value else sum(counts.values())
        tabs.append({"label": label, "url": f"?{kept.urlencode()}", "count": count, "current": value == current})
    return tabs
