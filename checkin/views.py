"""The door's pages. They work with forms alone; the app on top of them adds camera, scanner and sound."""

import uuid
from typing import Any

from csp.constants import WASM_UNSAFE_EVAL
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from checkin import selectors, services, texts
from checkin.enums import EVIDENCE
from checkin.forms import ScanForm
from checkin.models import Checkpoint, Scan
from delegations.enums import Permission
from delegations.selectors import delegations_for

_ANY = uuid.UUID(int=0)


@require_safe
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the event, today's first; where there is one door only, go straight in."""
    if not delegations_for(request.user, Permission.CHECK_IN).exists():
        raise PermissionDenied(_("The door is for members with the role “door” or above."))
    now = timezone.now()
    checkpoints = selectors.open_checkpoints(request.user, now)
    if len(checkpoints) == 1 and "all" not in request.GET:
        return redirect("checkin:door", checkpoints[0].pk)
    return render(request, "checkin/choose.html", {"groups": _by_time(checkpoints, now)})


def _by_time(checkpoints: list[Checkpoint], now: Any) -> list[tuple[str, list[Checkpoint]]]:
    titles = {"today": _("Today"), "coming": _("Coming up"), "past": _("Over, not closed yet")}
    groups: dict[str, list[Checkpoint]] = {key: [] for key in titles}
    for checkpoint in checkpoints:
        groups[selectors.moment_of(checkpoint.event, now)].append(checkpoint)
    return [(titles[key], found) for key, found in groups.items() if found]


def _checkpoint(request: HttpRequest, pk: int) -> Checkpoint:
    try:
        return selectors.checkpoint_for(request.user, pk)
    except Checkpoint.DoesNotExist as error:
        raise Http404 from error


@require_safe
@login_required
@never_cache
@csp_update({"script-src": [WASM_UNSAFE_EVAL]})  # type: ignore[arg-type]  # the QR reader for browsers without one of their own
def door(request: HttpRequest, pk: int) -> HttpResponse:
    """The door: camera, code, name, latest scans and the live count. ``?q=`` finds by name."""
    return _door(request, _checkpoint(request, pk), ScanForm())


def _door(request: HttpRequest, checkpoint: Checkpoint, form: ScanForm, status: int = 200) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:200]
    context = {
        "checkpoint": checkpoint,
        "event": checkpoint.event,
        "form": form,
        "text": text,
        "too_short": bool(text) and len(text) < selectors.SHORTEST_NAME,
        "found": [(guest, uuid.uuid4()) for guest in selectors.find_guests(request.user, checkpoint, text)],
        "latest": [(scan, *_told(scan)) for scan in selectors.latest_scans(checkpoint)],
        "tally": selectors.tally(checkpoint.event),
        "config": _config(checkpoint),
    }
    return render(request, "checkin/door.html", context, status=status)


def _told(scan: Scan) -> tuple[str, bool]:
    word, _note = texts.words(scan.outcome, scan.registration.status if scan.registration else "")
    return word, scan.outcome in EVIDENCE and not hasattr(scan, "undone_by")


def _config(checkpoint: Checkpoint) -> dict[str, Any]:
    """What the app needs to know: addresses (static ones carry a hash), texts, time zone. No person is in it."""
    names = ("checkpoint", "checkpoint-scans", "checkpoint-guests")
    state, scans, guests = (reverse(f"api:{name}", args=[checkpoint.pk]) for name in names)
    return {
        "urls": {
            "state": state,
            "scans": scans,
            "guests": guests,
            "undo": reverse("api:scan-undo", args=[checkpoint.pk, _ANY]).replace(str(_ANY), "{scan}"),
            "decoder": static("dist/zxing_reader.wasm"),
            "signs": static("img/icons.svg"),
        },
        "csrfCookie": settings.CSRF_COOKIE_NAME,
        "language": get_language() or settings.LANGUAGE_CODE,
        "timeZone": checkpoint.event.timezone,
        "texts": texts.app_texts(),
        "verdicts": texts.verdicts(),
        "undoable": [str(outcome) for outcome in EVIDENCE],
    }


@require_POST
@login_required
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Record one reading from a form and go to its verdict."""
    checkpoint = _checkpoint(request, pk)
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _door(request, checkpoint, form, status=422)
    data, now = form.cleaned_data, timezone.now()
    reading = services.Reading(
        id=data["id"],
        scanned_at=now,
        code="" if data["registration"] else data["code"],
        registration=data["registration"],
    )
    told = services.record_scans(checkpoint=checkpoint, readings=[reading], by=request.user, at=now)[0]
    if told.detail:
        messages.error(request, told.detail)
        return redirect("checkin:door", checkpoint.pk)
    return redirect("checkin:verdict", checkpoint.pk, data["id"])


@require_safe
@login_required
@never_cache
def verdict(request: HttpRequest, pk: int, scan_id: uuid.UUID) -> HttpResponse:
    """The verdict on one scan of this checkpoint, as it was given."""
    checkpoint = _checkpoint(request, pk)
    try:
        found = selectors.scan_at(checkpoint, scan_id)
    except Scan.DoesNotExist as error:
        raise Http404 from error
    guest, (word, can_undo) = found.registration, _told(found)
    context = {
        "checkpoint": checkpoint,
        "event": checkpoint.event,
        "scan": found,
        "guest": guest,
        "word": word,
        "note": texts.words(found.outcome, guest.status if guest else "")[1],
        "sign": texts.sign(found.outcome),
        "css": found.outcome.replace("_", "-"),
        "can_undo": can_undo,
        "form": ScanForm(),
    }
    return render(request, "checkin/verdict.html", context)


@require_POST
@login_required
def undo(request: HttpRequest, pk: int, scan_id: uuid.UUID) -> HttpResponse:
    """Take a scan back and return to the door."""
    checkpoint = _checkpoint(request, pk)
    try:
        undone = services.undo_scan(scan_id=scan_id, checkpoint=checkpoint, by=request.user, at=timezone.now())
    except Scan.DoesNotExist as error:
        raise Http404 from error
    except services.NotUndoable as error:
        messages.error(request, error.message)
    else:
        _say_undone(request, undone)
    return redirect("checkin:door", checkpoint.pk)


def _say_undone(request: HttpRequest, undone: services.Undone) -> None:
    name = undone.scan.registration.name if undone.scan.registration else ""
    if undone.inside:
        messages.warning(request, _("%(name)s still counts as in: the badge was read more than once.") % {"name": name})
    else:
        messages.success(request, _("Undone: %(name)s does not count as in.") % {"name": name})
