"""The members' book of the totals: each figure, and the rows that it is made of."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from delegations.enums import Permission
from delegations.models import Delegation
from delegations.selectors import may
from totals import selectors
from totals.enums import Figure
from totals.forms import PeriodForm
from totals.views.access import seated

PER_PAGE = 50
# So many of the rows that are not counted are shown; nobody needs to leaf through the rest.
LEFT_OUT_SHOWN = 100
YEARS_SHOWN = 6


@login_required
@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """All figures of the delegation, of all time or of a period."""
    delegation = seated(request, Permission.VIEW_TOTALS)
    form, since, until = _period(request)
    context = {
        "section": "totals",
        "form": form,
        "figures": selectors.figures(delegation, since, until),
        "has_period": bool(since or until),
        **_period_context(request, delegation, since, until),
    }
    return render(request, "totals/book.html", context)


@login_required
@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """One figure, opened to the rows that it is made of, and to those that are not in it."""
    delegation = seated(request, Permission.VIEW_TOTALS)
    if name not in Figure.values:
        raise Http404
    form, since, until = _period(request)
    counted, left_out = _rows(request.user, delegation, Figure(name), since, until)
    context = {
        "section": "totals",
        "form": form,
        "line": selectors.figures(delegation, since, until)[name],
        "is_participants": name == Figure.PARTICIPANTS,
        "page": Paginator(counted, PER_PAGE).get_page(request.GET.get("page")),
        "left_out": left_out[:LEFT_OUT_SHOWN],
        "manages": may(request.user, delegation, Permission.MANAGE_ACTIVITIES),
        **_period_context(request, delegation, since, until),
    }
    return render(request, "totals/figure.html", context)


def _rows(
    user: Any, delegation: Delegation, name: Figure, since: date | None, until: date | None
) -> tuple[QuerySet[Any], QuerySet[Any]]:
    if name == Figure.PARTICIPANTS:
        counted: QuerySet[Any] = selectors.counted_statements(user, delegation, since, until)
        return counted, selectors.uncounted_statements(user, delegation, since, until)
    left_out = selectors.uncounted_activities(user, delegation, name, since, until)
    return selectors.counted_activities(user, delegation, name, since, until), left_out


def _period(request: HttpRequest) -> tuple[PeriodForm, date | None, date | None]:
    """The period that was asked for; an impossible one is shown with its error and asks for nothing."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return form, None, None
    return form, form.cleaned_data["since"], form.cleaned_data["until"]


def _period_context(
    request: HttpRequest, delegation: Delegation, since: date | None, until: date | None
) -> dict[str, Any]:
    tabs = _year_tabs(request, delegation, since, until)
    return {"tabs": tabs, "period": _query(since, until), "is_custom": not any(tab["current"] for tab in tabs)}


def _query(since: date | None, until: date | None) -> str:
    given = {name: day.isoformat() for name, day in (("since", since), ("until", until)) if day}
    return f"?{urlencode(given)}" if given else ""


def _year_tabs(
    request: HttpRequest, delegation: Delegation, since: date | None, until: date | None
) -> list[dict[str, Any]]:
    """All time, and each of the latest years in which something was counted."""
    here = request.path
    tabs = [{"label": _("Since the beginning"), "url": here, "current": not since and not until}]
    for year in selectors.book_years(request.user, delegation)[:YEARS_SHOWN]:
        first, last = date(year, 1, 1), date(year, 12, 31)
        tabs.append({"label": str(year), "url": here + _query(first, last), "current": (since, until) == (first, last)})
    return tabs
