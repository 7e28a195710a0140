"""The questions about registrations."""

from registrations.selectors.guests import (
    guest_list,
    registration_for,
    state_counts,
    waiting_position,
    waiting_positions,
)
from registrations.selectors.links import by_manage_link, manage_token, manage_url

__all__ = [
    "by_manage_link",
    "guest_list",
    "manage_token",
    "manage_url",
    "registration_for",
    "state_counts",
    "waiting_position",
    "waiting_positions",
]
