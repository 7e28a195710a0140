"""The guest list of an event: one table, its tabs, filters and exports."""

import tempfile
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from delegations.enums import Permission
from desk import exports
from desk.access import can, the_event
from desk.enums import GuestTab
from desk.forms.guests import GuestFilter
from desk.selectors.guests import ORDERS, TABS, countries, for_export, found, tab_counts, with_presence
from desk.views.events import event_tabs
from events.models import Event
from registrations.models import RegistrationQuerySet
from registrations.selectors import guest_list, waiting_positions

PER_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class View:
    """What the address asks to see: the filter's form, the guests that it leaves, the tab and the order."""

    form: GuestFilter
    matching: RegistrationQuerySet
    tab: str
    sort: str

    @property
    def shown(self) -> RegistrationQuerySet:
        """The guests of the tab, in order."""
        rule = TABS[self.tab]
        return (self.matching.filter(rule) if rule else self.matching).order_by(*ORDERS[self.sort])

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or filter hides somebody."""
        return any(value for name, value in self.form.wanted().items() if name != "sort")

    @property
    def is_filtered(self) -> bool:
        """Whether more than the search hides somebody."""
        return any(value for name, value in self.form.wanted().items() if name not in ("sort", "q"))


def _view(request: HttpRequest, event: Event) -> View:
    guests = guest_list(request.user, event)
    form = GuestFilter(request.GET, countries=countries(guests))
    wanted = form.wanted()
    tab = request.GET.get("tab", "")
    return View(
        form=form,
        matching=found(with_presence(guests), wanted),
        tab=tab if tab in GuestTab.values else GuestTab.ALL.value,
        sort=wanted["sort"],
    )


@login_required
@never_cache
@require_safe
def guests(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, one page of it."""
    event = the_event(request, pk, Permission.VIEW_GUESTS)
    view, may = _view(request, event), can(request.user, event)
    counts = tab_counts(view.matching)
    paginator = Paginator(view.shown, PER_PAGE)
    # The tab has counted them already.
    paginator.__dict__["count"] = counts[view.tab]
    query = _without(request.GET, "page")
    context = {
        "event": event,
        "can": may,
        "event_tabs": event_tabs(event, may, "guests"),
        "tabs": _tabs(request.GET, counts, view.tab),
        "filter": view.form,
        "page": paginator.get_page(request.GET.get("page")),
        "tab": view.tab,
        "sort": view.sort,
        "columns": _columns(request.GET, view.sort),
        "is_narrowed": view.is_narrowed,
        "is_filtered": view.is_filtered,
        "has_guests": counts[GuestTab.ALL] > 0 or view.is_narrowed,
        "positions": waiting_positions(event) if counts[GuestTab.WAITING] else {},
        "query": query.urlencode(),
        "section": "events",
    }
    return render(request, "desk/guests/list.html", context)


def _without(query: QueryDict, *names: str) -> QueryDict:
    copy = query.copy()
    for name in names:
        copy.pop(name, None)
    return copy


def _tabs(query: QueryDict, counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    base = _without(query, "page", "tab")
    tabs = []
    for value, label in GuestTab.choices:
        base["tab"] = value
        tabs.append(
            {"label": label, "url": f"?{base.urlencode()}", "count": counts[value], "current": value == current}
        )
    return tabs


def _columns(query: QueryDict, sort: str) -> list[dict[str, str]]:
    """The sortable headings: where a press leads, and which way the column is sorted now."""
    base, columns = _without(query, "page", "sort"), []
    labels = {"name": _("Name"), "state": _("State"), "registered": _("Registered")}
    for name, label in labels.items():
        turned = f"-{name}" if sort == name else name
        base["sort"] = turned
        direction = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        columns.append({"name": name, "label": label, "url": f"?{base.urlencode()}", "direction": direction})
    return columns


@login_required
@never_cache
@require_safe
def guests_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """What the list shows, as an XLSX or CSV file."""
    event = the_event(request, pk, Permission.VIEW_GUESTS)
    table = exports.rows(for_export(_view(request, event).shown), event)
    if kind == "csv":
        pieces = StreamingHttpResponse(exports.as_csv(table), content_type="text/csv; charset=utf-8")
        pieces["Content-Disposition"] = f'attachment; filename="{event.slug}.csv"'
        return pieces
    if kind != "xlsx":
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    exports.write_xlsx(table, file, str(event.title))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{event.slug}.xlsx", content_type=_XLSX)
