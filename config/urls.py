"""Every address of the house."""

from typing import NoReturn

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularAPIView

import checkin.urls
import desk.urls
import registrations.urls
import totals.urls
from config import health

api = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    *desk.urls.api_urlpatterns,
    *registrations.urls.api_urlpatterns,
    *checkin.urls.api_urlpatterns,
    *totals.urls.api_urlpatterns,
]


def not_offered(request: HttpRequest) -> NoReturn:
    """Where a library has a page that this house does not want."""
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/v1/", include((api, "api"))),
    # A choice of language is no deed against anybody, and pages without a form carry no CSRF cookie.
    path("language/", csrf_exempt(set_language), name="set_language"),
    # The address is the account's name, and operators set it.
    path("accounts/email/", not_offered),
    path("accounts/", include("allauth.urls")),
    path("operator/", admin.site.urls),
    path("", include("desk.urls")),
    path("", include("totals.urls")),
    path("", include("checkin.urls")),
    path("", include("registrations.urls")),
    path("", include("events.urls")),
]

if settings.DEMO:
    urlpatterns.insert(0, path("mailbox/", include("core.mailbox_urls")))
