"""The worker's side of printing badges, and the test page that shows how far a printer is off."""

import logging
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.documents import LettersMissing, render_pdf
from core.glyphs import missing_letters
from core.jobs import fail, finish, report
from core.models import Job, OutboxMessage
from core.outbox import GiveUp
from core.tasks import outbox_task
from events.models import Event
from registrations.badges.faces import event_texts, face
from registrations.badges.sheets import Layout, Run
from registrations.badges.single import SHEET
from registrations.models import Registration
from registrations.selectors.badges import badge_guests, in_order
from registrations.services.badges import PRINT

TEST_PAGE = Path(__file__).parent / "templates" / "test_page.typ"
STEP = 25
# A person waits: after so many tries they are told, instead of the hours that a letter may take.
TRIES = 3
_log = logging.getLogger(__name__)


@outbox_task(PRINT)
def print_badges(message: OutboxMessage, at: datetime) -> None:
    """Do the job of the payload ``{"job": id}``; its owner reads texts in their own language."""
    job = Job.objects.select_related("owner").filter(pk=message.payload["job"]).first()
    if job is None or job.state in (Job.State.DONE, Job.State.FAILED):
        return
    with translation.override(job.owner.language):
        try:
            _print(job, at)
        except LettersMissing as error:
            fail(job.pk, error.message, at=at)
        except Exception as error:
            if message.attempts < TRIES:
                raise
            _log.exception("badges of job %s can't be printed", job.pk)
            fail(
                job.pk,
                _("The badges could not be printed. Please try again; if it fails again, tell your operator."),
                at=at,
            )
            raise GiveUp(str(error)) from error


def _print(job: Job, at: datetime) -> None:
    params = dict(job.params)
    event = Event.objects.select_related("delegation", "venue", "room").get(pk=params.pop("event"))
    guests = in_order(badge_guests(event, params.pop("registrations")))
    if not guests:
        fail(job.pk, _("Nobody of those chosen has a confirmed place in person any more."), at=at)
        return
    run = Run(**{**params, "layout": Layout(params["layout"])})
    faces, unprinted = _faces(job, guests)
    content = render_pdf(SHEET, sheet_data(event, guests, faces, run), at)
    finish(job.pk, content, f"badges-{event.slug}-{run.layout}.pdf", "application/pdf", at=at, note=_note(unprinted))


def _faces(job: Job, guests: list[Registration]) -> tuple[list[dict[str, Any]], list[str]]:
    """Each guest's side, and the texts that had to stay empty; the job counts the guests done."""
    faces, unprinted = [], []
    for number, guest in enumerate(guests):
        if number % STEP == 0:
            report(job.pk, number, len(guests))
        side, lost = without_holes(face(guest))
        faces.append(side)
        unprinted += lost
    report(job.pk, len(guests), len(guests))
    return faces, unprinted


def without_holes(side: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """A face of which every text can be printed, and the texts left out: a name becomes a line to write on.

    One guest whose letters we lack must not keep the badges of all others from being printed.
    """
    lost = []
    if missing_letters(side["given"]) or missing_letters(side["family"]):
        lost.append(f"{side['given']} {side['family']}".strip())
        side = side | {"given": "", "family": "", "blank": True}
    if missing_letters(side["organisation"]):
        lost.append(side["organisation"])
        side = side | {"organisation": ""}
    return side, lost


def _note(unprinted: list[str]) -> str:
    if not unprinted:
        return ""
    return ngettext(
        "Please write by hand what our fonts have no letters for; it was left empty: %(texts)s.",
        "Please write by hand what our fonts have no letters for; these were left empty: %(texts)s.",
        len(unprinted),
    ) % {"texts": "; ".join(unprinted)}


def sheet_data(event: Event, guests: Iterable[Registration], faces: list[dict[str, Any]], run: Run) -> dict[str, Any]:
    """The template's data: each guest's badge in the guest's language, the document in the reader's."""
    languages = [guest.language for guest in guests]
    texts = {language: event_texts(event, language) for language in set(languages)}
    reader = get_language() or "en"
    title = event_texts(event, reader)["title"]
    return {
        "title": _("Badges: %(event)s") % {"event": title},
        "lang": reader,
        "sheet": run.geometry(),
        "events": texts,
        "badges": [side | {"event": language} for side, language in zip(faces, languages, strict=True)],
        "pages": list(run.pages(len(languages))),
    }


def trial_page(layout: str, offset_x: float, offset_y: float, at: datetime) -> bytes:
    """A PDF with the frame of every badge of ``layout``, moved by the offsets (mm), in the active language."""
    run = Run(Layout(layout), offset_x=offset_x, offset_y=offset_y)
    data = {
        "title": _("Test page: %(layout)s") % {"layout": run.layout.label},
        "lang": get_language() or "en",
        "sheet": run.geometry(),
        "places": next(run.pages(run.sheet.places)),
        "lines": [
            _("Print at 100 % (“actual size”) and hold the page with an empty sheet against the light."),
            _("Frames too far left or too high: raise the offset by that many millimetres; else lower it."),
            _("This page: %(x)s mm to the right, %(y)s mm down.") % {"x": _number(offset_x), "y": _number(offset_y)},
        ],
    }
    return render_pdf(TEST_PAGE, data, at)


def _number(millimetres: float) -> str:
    return number_format(Decimal(str(millimetres)).normalize()).replace("-", "−")
