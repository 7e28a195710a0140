"""One badge on an A6 page: what goes with a letter and what a guest downloads."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.documents import render_pdf
from registrations.badges.faces import event_texts, face
from registrations.badges.sheets import Layout, Run
from registrations.models import Registration

SHEET = Path(__file__).parent / "templates" / "sheet.typ"


def badge_pdf(registration: Registration, at: datetime) -> bytes:
    """The badge as a tagged A6 page in the language of the registration; ``at`` dates the file.

    Needs the registration's event with delegation, venue and room at hand, else it asks for them. Raises
    core.documents.LettersMissing for a name that our fonts can't print whole.
    """
    return render_pdf(SHEET, single(registration), at)


def single(registration: Registration) -> dict[str, Any]:
    """The data of ``badge_pdf``."""
    texts = event_texts(registration.event, registration.language, registration.mode)
    run = Run(Layout.A6)
    with translation.override(registration.language):
        title = _("Badge of %(name)s: %(event)s") % {"name": registration.name, "event": texts["title"]}
    return {
        "title": title,
        "lang": registration.language,
        "sheet": run.geometry(),
        "events": {"only": texts},
        "badges": [face(registration) | {"event": "only"}],
        "pages": list(run.pages(1)),
    }
