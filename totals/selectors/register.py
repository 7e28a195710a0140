"""The register of activities, as members of their delegation may read it."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from delegations.enums import Permission
from delegations.models import Delegation, Network, Theme
from delegations.selectors import delegations_for
from totals.enums import ACTIVITIES_OF, ActivityKind, Figure
from totals.models import Activity
from totals.selectors.statements import opening_balance, statements_for
from totals.selectors.totalling import within


def activities_for(user: Any, permission: Permission = Permission.VIEW_TOTALS) -> QuerySet[Activity]:
    """The activities of the delegations in which ``user`` holds ``permission``, latest first."""
    rows = Activity.objects.filter(delegation__in=delegations_for(user, permission))
    return rows.select_related("network", "theme", "delegation")


def activity_for(user: Any, pk: int, permission: Permission) -> Activity:
    """One of ``activities_for``. Raises Activity.DoesNotExist for everybody else."""
    return activities_for(user, permission).get(pk=pk)


def register(user: Any, delegation: Delegation, year: int | None = None, text: str = "") -> QuerySet[Activity]:
    """The activities of ``delegation``; of one year, with every word of ``text`` in what, with whom, where or the note."""
    rows = activities_for(user).filter(delegation=delegation)
    if year:
        rows = within(rows, date(year, 1, 1), date(year, 12, 31))
    for word in text.split():
        found = Q(title__icontains=word) | Q(counterpart__icontains=word)
        rows = rows.filter(found | Q(place__icontains=word) | Q(note__icontains=word))
    return rows


def kind_counts(rows: QuerySet[Activity]) -> dict[str, int]:
    """How many of ``rows`` there are of each kind, every kind named."""
    found = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: found.get(kind, 0) for kind in ActivityKind.values}


def years(user: Any, delegation: Delegation) -> list[int]:
    """The years in which the register has entries, latest first."""
    rows = activities_for(user).filter(delegation=delegation).order_by()
    return list(rows.annotate(year=ExtractYear("held_on")).values_list("year", flat=True).distinct().order_by("-year"))


def book_years(user: Any, delegation: Delegation) -> list[int]:
    """The years in which an event was closed or an activity noted down, latest first."""
    held = statements_for(user).filter(delegation=delegation, is_current=True).order_by()
    events = held.annotate(year=ExtractYear("held_on")).values_list("year", flat=True).distinct()
    return sorted({*events, *years(user, delegation)}, reverse=True)


def counted_activities(
    user: Any, delegation: Delegation, figure: Figure, since: date | None, until: date | None
) -> QuerySet[Activity]:
    """The rows of ``figure``: what ``figures`` counts, latest first."""
    return _of(user, delegation, figure, since, until).exclude(_covered(delegation, figure))


def uncounted_activities(
    user: Any, delegation: Delegation, figure: Figure, since: date | None, until: date | None
) -> QuerySet[Activity]:
    """The activities of the period that the opening balance of ``figure`` holds already."""
    return _of(user, delegation, figure, since, until).filter(_covered(delegation, figure))


def terms(delegation: Delegation) -> tuple[QuerySet[Network], QuerySet[Theme]]:
    """What an activity of ``delegation`` may be filed under."""
    return Network.objects.filter(delegation=delegation), Theme.objects.filter(delegation=delegation)


def _of(
    user: Any, delegation: Delegation, figure: Figure, since: date | None, until: date | None
) -> QuerySet[Activity]:
    rows = activities_for(user).filter(delegation=delegation, kind=ACTIVITIES_OF[figure])
    return within(rows, since, until)


def _covered(delegation: Delegation, figure: Figure) -> Q:
    balance = opening_balance(delegation, figure)
    return Q(held_on__lte=balance.as_of) if balance else Q(pk=None)
