"""The published figures: opening balance plus what was counted since."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import get_language

from delegations.models import Delegation
from totals.enums import ACTIVITIES_OF, FIGURE_OF, Figure
from totals.models import Activity, OpeningBalance, Statement


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of one delegation over a period.

    ``value`` is ``opening`` + ``counted``; ``rows`` is how many statements or activities make up ``counted``, ``covered``
    how many were left out because the opening balance holds them already. ``as_of`` is the last day that the value speaks
    of: the balance's, or that of the latest row; None while there is neither.
    """

    figure: Figure
    opening: int
    counted: int
    rows: int
    covered: int
    as_of: date | None
    balance: OpeningBalance | None

    @property
    def value(self) -> int:
        return self.opening + self.counted

    @property
    def label(self) -> str | Promise:
        """The wording of the published source in the reader's language, else the figure's own name."""
        wording = self.balance.wording if self.balance else {}
        return wording.get((get_language() or "").split("-")[0]) or self.figure.label

    @property
    def since(self) -> str:
        """Since when the opening balance was counted, in the words of its source; empty without one in the value."""
        return str(self.balance.since) if self.balance and self.opening else ""

    @property
    def source(self) -> str:
        return self.balance.source if self.balance else ""

    @property
    def is_split(self) -> bool:
        """The period cuts into the time of the opening balance, which can't be divided: its part is missing here."""
        return self.balance is not None and not self.opening and bool(self.balance.value)


@dataclass(frozen=True, slots=True)
class Presence:
    """How the counted participants took part."""

    in_person: int = 0
    online: int = 0
    speakers: int = 0


@dataclass(frozen=True, slots=True)
class FigureSet:
    """All figures of a delegation, in the order in which they are shown."""

    delegation: Delegation
    since: date | None
    until: date | None
    lines: list[FigureLine]
    presence: Presence = field(default_factory=Presence)

    def __iter__(self) -> Iterator[FigureLine]:
        return iter(self.lines)

    def __getitem__(self, figure: str) -> FigureLine:
        for line in self.lines:
            if line.figure == figure:
                return line
        raise KeyError(figure)

    @property
    def as_of(self) -> date | None:
        """The last day that any of the figures speaks of."""
        return max((line.as_of for line in self.lines if line.as_of), default=None)

    @property
    def is_empty(self) -> bool:
        return not any(line.value for line in self.lines)


def figures(delegation: Delegation, since: date | None = None, until: date | None = None) -> FigureSet:
    """The figures of ``delegation`` over the days from ``since`` to ``until``, both included; None leaves an end open.

    A statement or activity is dated by the day on which it was held. What is dated up to and including the day of an
    opening balance is in it already and never added. The balance itself can't be divided: it is in a figure whose period
    holds all of its time, and in no other. A co-hosted event is in the totals of its lead host only. Three queries.
    """
    return figures_of([delegation], since, until)[0]


def figures_of(
    delegations: Sequence[Delegation], since: date | None = None, until: date | None = None
) -> list[FigureSet]:
    """``figures`` of several delegations, in the same three queries. No event is in two of them."""
    balances = _balances(delegations)
    after = _after(balances)
    statements = _statement_sums(delegations, after.get(Figure.PARTICIPANTS, Q()), since, until)
    activities = _activity_sums(delegations, after, since, until)
    sets = []
    for delegation in delegations:
        sums = {Figure.PARTICIPANTS: statements.get(delegation.pk, {})}
        sums |= {figure: activities.get((delegation.pk, kind), {}) for kind, figure in FIGURE_OF.items()}
        lines = [
            _line(delegation, figure, sums[figure], balances.get((delegation.pk, figure)), since, until)
            for figure in Figure
        ]
        sets.append(FigureSet(delegation, since, until, lines, _presence(sums[Figure.PARTICIPANTS])))
    return sets


def public_delegation(slug: str) -> Delegation:
    """The delegation of that slug, whose published numbers anybody may read. Raises Delegation.DoesNotExist."""
    return Delegation.objects.get(slug=slug)


def public_delegations() -> list[Delegation]:
    """All delegations, by name: each publishes its numbers."""
    return sorted(Delegation.objects.all(), key=str)


def published_figures() -> list[FigureSet]:
    """The figures of each delegation that has any; of all of them while none has."""
    sets = figures_of(public_delegations())
    return [found for found in sets if not found.is_empty] or sets


def revision_of(slug: str) -> tuple[int, UUID | None]:
    """The id of the delegation ``slug`` and the revision of its numbers (None: nothing was ever written), in one query.

    Raises Delegation.DoesNotExist.
    """
    return Delegation.objects.values_list("pk", "ledger__revision").get(slug=slug)


def within(rows: QuerySet[Any], since: date | None, until: date | None) -> QuerySet[Any]:
    """Those of ``rows`` that were held in the period, both ends included."""
    if since:
        rows = rows.filter(held_on__gte=since)
    return rows.filter(held_on__lte=until) if until else rows


def _balances(delegations: Sequence[Delegation]) -> dict[tuple[int, str], OpeningBalance]:
    rows = OpeningBalance.objects.filter(delegation__in=[delegation.pk for delegation in delegations])
    return {(row.delegation_id, row.figure): row for row in rows}


def _after(balances: dict[tuple[int, str], OpeningBalance]) -> dict[str, Q]:
    """By figure: the condition that is false for rows which an opening balance holds already."""
    covered: dict[str, Q] = {}
    for (delegation, figure), balance in balances.items():
        covered[figure] = covered.get(figure, Q()) | Q(delegation=delegation, held_on__lte=balance.as_of)
    return {figure: ~condition for figure, condition in covered.items()}


def _statement_sums(
    delegations: Sequence[Delegation], after: Q, since: date | None, until: date | None
) -> dict[int, dict[str, Any]]:
    rows = within(Statement.objects.filter(is_current=True, counts=True, delegation__in=delegations), since, until)
    totals = (
        rows.order_by()
        .values("delegation")
        .annotate(
            counted=Sum("participants", filter=after, default=0),
            rows=Count("pk", filter=after),
            all_rows=Count("pk"),
            latest=Max("held_on", filter=after),
            in_person=Sum("present_in_person", filter=after, default=0),
            online=Sum("present_online", filter=after, default=0),
            speaking=Sum("speakers", filter=after, default=0),
        )
    )
    return {row["delegation"]: row for row in totals}


def _activity_sums(
    delegations: Sequence[Delegation], after: dict[str, Q], since: date | None, until: date | None
) -> dict[tuple[int, str], dict[str, Any]]:
    counted = _all(~Q(kind=kind) | after[figure] for figure, kind in ACTIVITIES_OF.items() if figure in after)
    rows = within(Activity.objects.filter(delegation__in=delegations), since, until)
    totals = (
        rows.order_by()
        .values("delegation", "kind")
        .annotate(rows=Count("pk", filter=counted), all_rows=Count("pk"), latest=Max("held_on", filter=counted))
    )
    return {(row["delegation"], row["kind"]): row | {"counted": row["rows"]} for row in totals}


def _all(conditions: Iterable[Q]) -> Q:
    every = Q()
    for condition in conditions:
        every &= condition
    return every


def _line(
    delegation: Delegation,
    figure: Figure,
    sums: dict[str, Any],
    balance: OpeningBalance | None,
    since: date | None,
    until: date | None,
) -> FigureLine:
    whole = balance is not None and _holds(balance, delegation, since, until)
    days = [sums.get("latest"), balance.as_of if balance and whole else None]
    return FigureLine(
        figure=figure,
        opening=balance.value if balance and whole else 0,
        counted=sums.get("counted", 0),
        rows=sums.get("rows", 0),
        covered=sums.get("all_rows", 0) - sums.get("rows", 0),
        as_of=max((day for day in days if day), default=None),
        balance=balance,
    )


def _holds(balance: OpeningBalance, delegation: Delegation, since: date | None, until: date | None) -> bool:
    """Whether the period holds all of the balance's time, which began at the earliest when the delegation opened."""
    begins = since is None or (delegation.opened_on is not None and since <= delegation.opened_on)
    return begins and (until is None or until >= balance.as_of)


def _presence(sums: dict[str, Any]) -> Presence:
    return Presence(sums.get("in_person", 0), sums.get("online", 0), sums.get("speaking", 0))
