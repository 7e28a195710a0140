"""What a newcomer would get now: the answer that somebody gets who is registered already, so that nobody can tell."""

from events.models import Event, Pool
from registrations.enums import State
from registrations.models import Registration


def expected_state(event: Event, mode: str) -> tuple[State, int] | None:
    """State and waiting position (0: none) that ``register`` would give a guest now; None where it would refuse one."""
    if event.approval:
        return State.PENDING, 0
    if not Pool.objects.get(event=event, mode=mode).is_full:
        return State.CONFIRMED, 0
    if not event.waiting_list:
        return None
    return State.WAITLISTED, Registration.objects.waiting().filter(event=event, mode=mode).count() + 1
