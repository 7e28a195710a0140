from django.urls import URLPattern, path

from registrations import api, views

app_name = "registrations"
urlpatterns: list[URLPattern] = [
    path("events/<slug:slug>/register/", views.register_form, name="form"),
    path("events/<slug:slug>/registered/<str:receipt>/", views.done, name="done"),
    path("events/<slug:slug>/my-link/", views.lost_link, name="lost_link"),
    path("my/link/", views.any_link, name="any_link"),
    path("my/<int:pk>/<str:token>/", views.mine, name="mine"),
    path("my/<int:pk>/<str:token>/edit/", views.edit, name="edit"),
    path("my/<int:pk>/<str:token>/cancel/", views.cancel, name="cancel"),
    path("my/<int:pk>/<str:token>/badge/", views.badge, name="badge"),
    path("my/<int:pk>/<str:token>/badge.pdf", views.badge_file, name="badge_pdf"),
    path("my/<int:pk>/<str:token>/event.ics", views.entry, name="ics"),
]
api_urlpatterns: list[URLPattern] = [
    path("events/<int:pk>/registrations/", api.event_registrations, name="registrations"),
    path("registrations/<int:pk>/", api.registration_detail, name="registration"),
    path("registrations/<int:pk>/cancel/", api.registration_cancel, name="registration-cancel"),
]
