"""The pages of a guest: the form, what comes after it, and their own registration."""

from registrations.views.form import register_form
from registrations.views.lost_link import any_link, lost_link
from registrations.views.mine import badge, badge_file, cancel, edit, entry, mine
from registrations.views.receipt import done

__all__ = [
    "any_link",
    "badge",
    "badge_file",
    "cancel",
    "done",
    "edit",
    "entry",
    "lost_link",
    "mine",
    "register_form",
]
