"""The demo: one delegation of the house, its published figures, five events and some hundred invented guests.

All of it goes through the services that everybody uses, at the dates at which it would have happened.
"""

from desk.demo.loading import SIGN_INS_PASSWORD, is_empty, load, sign_ins

__all__ = ["SIGN_INS_PASSWORD", "is_empty", "load", "sign_ins"]
