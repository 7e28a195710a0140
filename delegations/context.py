"""The delegation that a signed-in person works for, for the templates."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from delegations import selectors


def workplace(request: HttpRequest) -> dict[str, Any]:
    """``memberships`` of the signed-in person, and the ``delegation`` chosen among them; lazy, so public pages ask nothing."""
    if not request.user.is_authenticated:
        return {}
    memberships = SimpleLazyObject(lambda: selectors.memberships(request.user))
    return {
        "memberships": memberships,
        "delegation": SimpleLazyObject(lambda: selectors.current_delegation(request)),
    }
