"""The public page "in a few numbers"."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delegations.models import Delegation
from totals.enums import Figure
from totals.selectors import FigureSet, figures, public_delegation, published_figures
from totals.views.access import reads_the_book

# A public count of fewer people than this could point at somebody (disclosure control of public statistics).
SMALLEST_CELL = 5


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The numbers, where one delegation has any; a choice among the delegations of the house otherwise."""
    sets = published_figures()
    if len(sets) == 1:
        return _numbers(request, sets[0])
    counted = sum(found[Figure.PARTICIPANTS].counted for found in sets)
    return render(request, "totals/choose.html", {"sets": sets, "counted": counted})


@require_safe
def numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """The six figures of one delegation."""
    try:
        return _numbers(request, figures(public_delegation(slug)))
    except Delegation.DoesNotExist as error:
        raise Http404 from error


def _numbers(request: HttpRequest, found: FigureSet) -> HttpResponse:
    balances = [line.balance for line in found if line.balance]
    context = {
        "office": found.delegation,
        "figures": found,
        "participants": found[Figure.PARTICIPANTS],
        "sources": {balance.source: balance for balance in balances}.values(),
        "is_unverified": any(not balance.verified for balance in balances),
        "shows_modes": _is_wide(found),
        "opens": reads_the_book(request.user, found.delegation),
    }
    return render(request, "totals/numbers.html", context)


def _is_wide(found: FigureSet) -> bool:
    """Whether "in the room" and "online" may both be told: one small part would follow from the other and the sum."""
    parts = (found.presence.in_person, found.presence.online)
    return all(parts) and min(parts) >= SMALLEST_CELL
