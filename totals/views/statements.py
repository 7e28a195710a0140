"""The statement of a closed event, and counting it again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from checkin.enums import Method
from core.audit import Actor
from core.countries import country_name
from delegations.enums import Permission
from delegations.selectors import may
from totals import selectors, services
from totals.forms import RecountForm
from totals.models import Statement


@login_required
@require_safe
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """What was frozen when the event was closed, by whom, on what evidence, and what was changed later and why."""
    found = _the_statement(request, pk, Permission.VIEW_TOTALS)
    context = {
        "section": "totals",
        "statement": found,
        "methods": [(Method(method).label, number) for method, number in found.by_method.items()],
        "countries": _countries(found),
        "versions": selectors.versions_of(found),
        "manages": may(request.user, found.delegation, Permission.MANAGE_EVENTS),
    }
    return render(request, "totals/statement.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def recount(request: HttpRequest, pk: int) -> HttpResponse:
    """Count the event's evidence again as a new version, with the reason for it."""
    found = _the_statement(request, pk, Permission.MANAGE_EVENTS)
    at = timezone.now()
    form = RecountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = services.freeze_statement(
                event=found.event, by=Actor.of(request.user), at=at, reason=form.cleaned_data["reason"]
            )
        except services.StatementError as error:
            form.add_error(None, error.message)
        else:
            messages.success(
                request, _("Version %(number)s is frozen and stands from now on.") % {"number": fresh.version}
            )
            return redirect("totals:statement", fresh.pk)
    preview = selectors.closing_preview(found.event, at)
    context = {"section": "totals", "statement": found, "form": form, "preview": preview}
    return render(request, "totals/recount.html", context)


def _the_statement(request: HttpRequest, pk: int, permission: Permission) -> Statement:
    try:
        return selectors.statement_for(request.user, pk, permission)
    except Statement.DoesNotExist as error:
        raise Http404 from error


def _countries(found: Statement) -> list[tuple[str, int]]:
    """By country, the most first; those who gave none at the end."""
    given = [(country_name(code), number) for code, number in found.by_country.items() if code]
    rows = sorted(given, key=lambda row: (-row[1], row[0]))
    unknown = found.by_country.get("", 0)
    return [*rows, (_("not given"), unknown)] if unknown else rows
