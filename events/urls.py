from django.urls import URLPattern, URLResolver, include, path, re_path

from events import views

event_urlpatterns: list[URLPattern] = [
    path("", views.upcoming, name="list"),
    path("events/past/", views.past, name="past"),
    path("events/feed.ics", views.feed, name="feed"),
    path("events/<slug:slug>/", views.page, name="page"),
    path("events/<slug:slug>/event.ics", views.event_ics, name="ics"),
    re_path(r"^media/covers/(?P<name>[\w-]+\.jpg)$", views.cover, name="cover"),
    path("delegations/<slug:slug>/brand.css", views.brand, name="brand"),
]

# What stands in the footer of every page has a name without a namespace.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((event_urlpatterns, "events"))),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/<slug:delegation>/", views.privacy, name="privacy"),
]
