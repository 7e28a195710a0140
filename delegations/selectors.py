"""Who belongs where, and what they may do there."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from delegations.enums import GRANTS, Permission, Role, roles_with
from delegations.models import Delegation, Member

SESSION_KEY = "delegation"


def memberships(user: Any) -> list[Member]:
    """The seats of ``user``, with their delegations, in the order of the delegations' names in the address."""
    return list(Member.objects.filter(user=user).select_related("delegation").order_by("delegation__slug"))


def delegations_for(user: Any, permission: Permission) -> QuerySet[Delegation]:
    """The delegations in which ``user`` holds ``permission``. An operator has none of them by being an operator."""
    return Delegation.objects.filter(members__user=user, members__role__in=roles_with(permission)).distinct()


def delegation_for(user: Any, slug: str, permission: Permission) -> Delegation:
    """The delegation ``slug``, for a user who holds ``permission`` there. Raises Delegation.DoesNotExist for all others."""
    return delegations_for(user, permission).get(slug=slug)


def may(user: Any, delegation: Delegation, permission: Permission) -> bool:
    """Whether ``user`` holds ``permission`` in ``delegation``."""
    return delegations_for(user, permission).filter(pk=delegation.pk).exists()


def current_delegation(request: HttpRequest) -> Delegation | None:
    """The delegation that the person chose to work for, else their first; None for somebody without a seat."""
    seat = current_seat(request)
    return seat.delegation if seat else None


def current_seat(request: HttpRequest) -> Member | None:
    """The seat behind ``current_delegation``."""
    seats = memberships(request.user)
    chosen = request.session.get(SESSION_KEY)
    return next((seat for seat in seats if seat.delegation.slug == chosen), seats[0] if seats else None)


def grants(member: Member) -> frozenset[Permission]:
    """What the seat allows."""
    return GRANTS[Role(member.role)]
