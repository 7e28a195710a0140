"""The public pages: the list of events, the page of each, calendars, and what the law asks to be said."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from delegations.models import Delegation
from events import calendar, metadata, page_cache, selectors
from events.enums import Visibility
from events.models import Event, EventQuerySet
from events.standing import standing

PER_PAGE = 20


@require_safe
def upcoming(request: HttpRequest) -> HttpResponse:
    """The events that are not over yet, soonest first; ``?theme=`` and ``?delegation=`` narrow the list."""
    return _list(request, selectors.public_list().upcoming(timezone.now()), past=False)


@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """The events that are over, latest first, narrowed in the same ways."""
    return _list(request, selectors.public_list().past(timezone.now()), past=True)


def _list(request: HttpRequest, events: EventQuerySet, *, past: bool) -> HttpResponse:
    now = timezone.now()
    theme, delegation = _named(request, "theme"), _named(request, "delegation")
    themes, delegations = selectors.public_filters(events)
    chosen = selectors.narrowed(events, theme=theme, delegation=delegation)
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "past": past,
        "page": page,
        "cards": [(event, standing(event, now)) for event in page],
        "themes": themes,
        "delegations": delegations if len(delegations) > 1 else [],
        "theme": theme,
        "chosen_delegation": delegation,
        "feed_url": _feed_url(delegation),
        # RGAA wants the home page to say how accessible the site is; the footer does.
        "accessibility_level": _weakest(Delegation.objects.values_list("accessibility", flat=True)),
    }
    return render(request, "events/list.html", context)


def _named(request: HttpRequest, name: str) -> str:
    """The slug that the query names; what can be none is cut down to one, which then names nothing."""
    return slugify(request.GET.get(name, ""), allow_unicode=True)[:80]


def _feed_url(delegation: str) -> str:
    address = settings.PUBLIC_URL.split("://", 1)[1]
    narrowed = f"&delegation={delegation}" if delegation else ""
    return f"webcal://{address}/events/feed.ics?language={get_language()}{narrowed}"


def _or_404(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Answer 404 where the selector finds no published event."""

    @wraps(view)
    def wrapper(request: HttpRequest, slug: str) -> HttpResponse:
        try:
            return view(request, slug)
        except Event.DoesNotExist:
            raise Http404(_("There is no event at this address.")) from None

    return wrapper


@require_safe
@_or_404
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a published event, kept in memory for readers without a session."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES or request.GET:
        return HttpResponse(_page(request, slug))
    key = page_cache.fingerprint(slug, get_language() or "en", timezone.now())
    content = page_cache.kept(key)
    if content is None:
        content = _page(request, slug).encode()
        page_cache.keep(key, content)
    response = HttpResponse(content)
    patch_vary_headers(response, ["Cookie"])
    return response


def _page(request: HttpRequest, slug: str) -> str:
    event, at, language = selectors.public_event(slug), timezone.now(), get_language() or "en"
    context = {
        "event": event,
        "standing": standing(event, at),
        "summary": metadata.summary(event, language),
        "schema_org": metadata.as_script_data(metadata.schema_org(event, language, at)),
        "canonical": calendar.page_url(event),
        "picture": metadata.picture_address(event),
        "is_listed": event.visibility == Visibility.PUBLIC,
    }
    return render_to_string("events/page.html", context, request)


@require_safe
@_or_404
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The calendar entry of one event, as a file."""
    event = selectors.public_event(slug)
    content = calendar.event_calendar([event], get_language() or "en")
    return HttpResponse(
        content,
        content_type=calendar.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{event.slug}.ics"'},
    )


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """All listed events, half a year back included, for a calendar that subscribes; ``?language=``, ``?delegation=``.

    A calendar program carries no cookie, so the language stands in the address.
    """
    known = dict(settings.LANGUAGES)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in known else (get_language() or "en")
    events = selectors.narrowed(selectors.feed_events(timezone.now()), delegation=_named(request, "delegation"))
    content = calendar.event_calendar(events, language, name=_("Events at 9 rue Guimard"))
    return HttpResponse(content, content_type=calendar.CONTENT_TYPE, headers={"Cache-Control": "public, max-age=900"})


@require_safe
def cover(request: HttpRequest, name: str) -> FileResponse:
    """A cover picture. Its name is never used twice and can't be guessed, so it may be kept for ever by whoever has it."""
    try:
        picture = default_storage.open(f"covers/{name}")
    except OSError:
        raise Http404(_("There is no picture at this address.")) from None
    return FileResponse(
        picture, content_type="image/jpeg", headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


def _brand(request: HttpRequest, slug: str) -> str:
    delegation = _delegation(slug)
    return f":root {{ --brand-accent: {delegation.accent}; --brand-ink: {delegation.ink}; }}\n"


def _brand_tag(request: HttpRequest, slug: str) -> str:
    colours = Delegation.objects.filter(slug=slug).values_list("accent", "ink").first()
    return f'"{"".join(colours or ()).replace("#", "")}"'


@require_safe
@condition(etag_func=_brand_tag)
def brand(request: HttpRequest, slug: str) -> HttpResponse:
    """The two colours of a delegation as a style sheet; they are validated as colours where they are entered."""
    return HttpResponse(
        _brand(request, slug), content_type="text/css; charset=utf-8", headers={"Cache-Control": "public, max-age=300"}
    )


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement on accessibility, in the structure that RGAA 4.1 prescribes; its claim is the weakest delegation's."""
    delegations = list(Delegation.objects.order_by("slug"))
    level = _weakest(delegation.accessibility for delegation in delegations)
    return render(request, "events/accessibility.html", {"delegations": delegations, "accessibility_level": level})


def _weakest(levels: Iterable[str]) -> str:
    found = set(levels)
    return next((level for level in ("none", "partial", "full") if level in found), "none")


@require_safe
def privacy(request: HttpRequest, delegation: str = "") -> HttpResponse:
    """The notice on data use of one delegation; without one, the only delegation's, or the choice among them."""
    delegations = list(Delegation.objects.order_by("slug"))
    chosen = _delegation(delegation) if delegation else (delegations[0] if len(delegations) == 1 else None)
    context: dict[str, Any] = {"delegations": delegations, "controller": chosen}
    return render(request, "events/privacy.html", context)


def _delegation(slug: str) -> Delegation:
    try:
        return Delegation.objects.get(slug=slug)
    except Delegation.DoesNotExist:
        raise Http404(_("There is no delegation at this address.")) from None
