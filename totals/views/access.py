"""Who may open a page of the totals: everybody else meets a 404, so that nothing tells what is there."""

from typing import Any

from django.http import Http404, HttpRequest

from delegations.enums import Permission
from delegations.models import Delegation
from delegations.selectors import current_seat, grants, may


def seated(request: HttpRequest, permission: Permission) -> Delegation:
    """The delegation that the person works for, if their seat there holds ``permission``; else a 404."""
    seat = current_seat(request)
    if seat is None or permission not in grants(seat):
        raise Http404
    return seat.delegation


def reads_the_book(user: Any, delegation: Delegation) -> bool:
    """Whether the public page may offer ``user`` the rows behind its figures."""
    return bool(user.is_authenticated) and may(user, delegation, Permission.VIEW_TOTALS)
