from django.urls import path

from checkin import api, views

app_name = "checkin"
urlpatterns = [
    path("checkin/", views.choose, name="app"),
    path("checkin/<int:pk>/", views.door, name="door"),
    path("checkin/<int:pk>/scan/", views.scan, name="scan"),
    path("checkin/<int:pk>/scan/<uuid:scan_id>/", views.verdict, name="verdict"),
    path("checkin/<int:pk>/scan/<uuid:scan_id>/undo/", views.undo, name="undo"),
]
api_urlpatterns = [
    path("events/<int:pk>/checkpoints/", api.event_checkpoints, name="event-checkpoints"),
    path("checkpoints/<int:pk>/", api.checkpoint_detail, name="checkpoint"),
    path("checkpoints/<int:pk>/scans/", api.checkpoint_scans, name="checkpoint-scans"),
    path("checkpoints/<int:pk>/scans/<uuid:scan>/undo/", api.scan_undo, name="scan-undo"),
    path("checkpoints/<int:pk>/guests/", api.checkpoint_guests, name="checkpoint-guests"),
]
