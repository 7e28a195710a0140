from django.urls import URLPattern, path

from registrations import api

app_name = "registrations"
urlpatterns: list[URLPattern] = []
api_urlpatterns: list[URLPattern] = [
    path("events/<int:pk>/registrations/", api.event_registrations, name="registrations"),
    path("registrations/<int:pk>/", api.registration_detail, name="registration"),
    path("registrations/<int:pk>/cancel/", api.registration_cancel, name="registration-cancel"),
]
