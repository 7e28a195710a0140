"""The demo's mailbox; mounted by the settings' demo mode only."""

from django.urls import URLPattern, path

from core import mailbox

urlpatterns: list[URLPattern] = [
    path("", mailbox.letters, name="mailbox"),
    path("<str:name>/", mailbox.letter, name="mailbox_letter"),
    path("<str:name>/html/", mailbox.letter_html, name="mailbox_html"),
    path("<str:name>/raw/", mailbox.letter_raw, name="mailbox_raw"),
    path("<str:name>/files/<int:number>/", mailbox.letter_file, name="mailbox_file"),
]
