"""Letters to guests: what each says (``words``), whether it still holds (``reasons``), how it looks (``render``)."""

from registrations.letters.reasons import why_not
from registrations.letters.render import render

__all__ = ["render", "why_not"]
