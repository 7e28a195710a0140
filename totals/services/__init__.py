"""What changes the totals: closing an event, the register of activities, opening balances."""

from totals.services.activities import (
    ActivityError,
    NotOfThisDelegation,
    NotYetHeld,
    TooEarly,
    add_activity,
    change_activity,
    check_day,
    delete_activity,
)
from totals.services.balances import remove_opening_balance, set_opening_balance
from totals.services.statements import NothingToFreeze, ReasonNeeded, StatementError, freeze_statement

__all__ = [
    "ActivityError",
    "NotOfThisDelegation",
    "NotYetHeld",
    "NothingToFreeze",
    "ReasonNeeded",
    "StatementError",
    "TooEarly",
    "add_activity",
    "change_activity",
    "check_day",
    "delete_activity",
    "freeze_statement",
    "remove_opening_balance",
    "set_opening_balance",
]
