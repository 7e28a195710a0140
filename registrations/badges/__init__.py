"""Badges: the QR symbol, the badge that goes with a letter, and printed sheets."""

from registrations.badges.single import badge_pdf
from registrations.badges.symbol import badge_png, badge_svg

__all__ = ["badge_pdf", "badge_png", "badge_svg"]
