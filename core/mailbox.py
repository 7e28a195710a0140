"""The demo's mailbox: each letter as its reader sees it. In demo mode only; everywhere else these pages do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from core import letterfiles
from core.letterfiles import NoSuchLetter

PER_PAGE = 30
_View = Callable[..., HttpResponseBase]


def _demo_page(view: _View) -> _View:
    """A page of the demo, read only; 404 elsewhere and for letters that are not there."""

    @never_cache
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except NoSuchLetter:
            raise Http404 from None

    return guarded


@_demo_page
def letters(request: HttpRequest) -> HttpResponse:
    """All letters, newest first; ``?to=`` keeps those to an address."""
    wanted = request.GET.get("to", "").strip().lower()
    names = letterfiles.names()
    if wanted:
        names = [head.name for head in letterfiles.heads(names) if wanted in head.to.lower()]
    page = Paginator(names, PER_PAGE).get_page(request.GET.get("page"))
    context = {"letters": letterfiles.heads(list(page.object_list)), "page": page, "to": wanted}
    return render(request, "core/mailbox.html", context)


@csp_update({"frame-src": [SELF]})
@_demo_page
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter: its head, its HTML in a frame, its text, its files."""
    return render(request, "core/mailbox_letter.html", {"letter": letterfiles.find(name)})


@csp_replace(
    {
        "default-src": [NONE],
        "img-src": ["data:"],
        # A letter brings its looks with it, as every mail program allows it to. Nothing else of it is alive.
        "style-src": [UNSAFE_INLINE],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
    }
)
@xframe_options_sameorigin
@_demo_page
def letter_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML of a letter, for the frame; its links open in the whole window."""
    html = letterfiles.find(name).html
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


@_demo_page
def letter_raw(request: HttpRequest, name: str) -> HttpResponse:
    """The letter as it went over the wire."""
    return HttpResponse(letterfiles.raw(name), content_type="text/plain; charset=utf-8")


@_demo_page
def letter_file(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One attachment, to be kept or opened."""
    found = letterfiles.find(name).attachments
    if number >= len(found):
        raise NoSuchLetter(name)
    file = found[number]
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    headers = {"Content-Disposition": disposition or "attachment", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)
