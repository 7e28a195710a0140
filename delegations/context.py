"""The delegation that a signed-in person works for, for the templates."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from delegations import selectors


def workplace(request: HttpRequest) -> dict[str, Any]:
    """``memberships`` of the signed-in person, and the ``delegation`` chosen among them; lazy, so public pages ask nothing."""
    # A request refused before the sign-in was looked at, for its host name say, has no user; its error page has templates too.
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return {}
    memberships = SimpleLazyObject(lambda: selectors.memberships(request.user))
    return {
        "memberships": memberships,
        "delegation": SimpleLazyObject(lambda: selectors.current_delegation(request)),
    }
