from django.urls import path

from desk import api
from desk.views import badges, events, guest, guests, home, turns

app_name = "desk"
urlpatterns = [
    path("desk/", home.home, name="home"),
    path("desk/switch/", home.switch, name="switch"),
    path("desk/events/", events.event_list, name="events"),
    path("desk/events/new/", events.event_new, name="event_new"),
    path("desk/events/<int:pk>/", events.event, name="event"),
    path("desk/events/<int:pk>/edit/", events.event_edit, name="event_edit"),
    path("desk/events/<int:pk>/preview/", turns.event_preview, name="event_preview"),
    path("desk/events/<int:pk>/publish/", turns.event_publish, name="event_publish"),
    path("desk/events/<int:pk>/cancel/", turns.event_cancel, name="event_cancel"),
    path("desk/events/<int:pk>/close/", turns.event_close, name="event_close"),
    path("desk/events/<int:pk>/guests/", guests.guests, name="guests"),
    path("desk/events/<int:pk>/guests/add/", guest.guest_add, name="guest_add"),
    path("desk/events/<int:pk>/guests/export/<slug:kind>/", guests.guests_export, name="guests_export"),
    path("desk/guests/<int:pk>/", guest.guest, name="guest"),
    path("desk/guests/<int:pk>/cancel/", guest.guest_cancel, name="guest_cancel"),
    path("desk/guests/<int:pk>/resend/", guest.guest_resend, name="guest_resend"),
    path("desk/guests/<int:pk>/approve/", guest.guest_approve, name="guest_approve"),
    path("desk/guests/<int:pk>/decline/", guest.guest_decline, name="guest_decline"),
    path("desk/guests/<int:pk>/mode/", guest.guest_mode, name="guest_mode"),
    path("desk/events/<int:pk>/badges/", badges.badges, name="badges"),
    path("desk/jobs/<uuid:pk>/", badges.job, name="job"),
    path("desk/jobs/<uuid:pk>/file/", badges.job_file, name="job_file"),
]
api_urlpatterns = [
    path("events/", api.events, name="events"),
    path("events/<int:pk>/", api.event, name="event"),
    path("events/<int:pk>/publish/", api.publish, name="event-publish"),
    path("events/<int:pk>/close/", api.close, name="event-close"),
]
