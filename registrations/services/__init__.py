"""The verbs of registrations: the only writers."""

from registrations.services.changes import (
    NotPossible,
    approve_registration,
    cancel_registration,
    change_mode,
    change_person,
    correct_address,
    decline_registration,
    resend_link,
    send_state_letter,
)
from registrations.services.errors import RegistrationError
from registrations.services.letters import announce, queue_letter
from registrations.services.places import PoolFull, PoolTooSmall, resize_pool
from registrations.services.register import (
    AlreadyRegistered,
    EventFull,
    ModeNotOffered,
    Person,
    RegistrationClosed,
    normalise_email,
    register,
)

__all__ = [
    "AlreadyRegistered",
    "EventFull",
    "ModeNotOffered",
    "NotPossible",
    "Person",
    "PoolFull",
    "PoolTooSmall",
    "RegistrationClosed",
    "RegistrationError",
    "announce",
    "approve_registration",
    "cancel_registration",
    "change_mode",
    "change_person",
    "correct_address",
    "decline_registration",
    "normalise_email",
    "queue_letter",
    "register",
    "resend_link",
    "resize_pool",
    "send_state_letter",
]
