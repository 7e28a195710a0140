"""The questions about totals: the published figures and, for members, the rows that they are made of."""

from totals.selectors.closing import ClosingPreview, closing_preview
from totals.selectors.counting import Counts, counts_of
from totals.selectors.register import (
    activities_for,
    activity_for,
    book_years,
    counted_activities,
    kind_counts,
    register,
    terms,
    uncounted_activities,
    years,
)
from totals.selectors.statements import (
    counted_statements,
    current_statement,
    opening_balance,
    statement_for,
    statements_for,
    uncounted_statements,
    versions_of,
)
from totals.selectors.totalling import (
    FigureLine,
    FigureSet,
    figures,
    figures_of,
    public_delegation,
    public_delegations,
    published_figures,
    revision_of,
)

__all__ = [
    "ClosingPreview",
    "Counts",
    "FigureLine",
    "FigureSet",
    "activities_for",
    "activity_for",
    "book_years",
    "closing_preview",
    "counted_activities",
    "counted_statements",
    "counts_of",
    "current_statement",
    "figures",
    "figures_of",
    "kind_counts",
    "opening_balance",
    "public_delegation",
    "public_delegations",
    "published_figures",
    "register",
    "revision_of",
    "statement_for",
    "statements_for",
    "terms",
    "uncounted_activities",
    "uncounted_statements",
    "versions_of",
    "years",
]
