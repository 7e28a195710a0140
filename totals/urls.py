from django.urls import URLPattern, path

from totals import api
from totals.views import activities, book, public, statements

app_name = "totals"
urlpatterns: list[URLPattern] = [
    path("totals/", public.choose, name="public"),
    path("totals/<slug:slug>/", public.numbers, name="delegation"),
    path("desk/totals/", book.book, name="book"),
    path("desk/totals/statements/<int:pk>/", statements.statement, name="statement"),
    path("desk/totals/statements/<int:pk>/recount/", statements.recount, name="recount"),
    path("desk/totals/<slug:name>/", book.figure, name="figure"),
    path("desk/activities/", activities.register, name="activities"),
    path("desk/activities/new/", activities.new, name="activity_new"),
    path("desk/activities/<int:pk>/", activities.edit, name="activity_edit"),
    path("desk/activities/<int:pk>/delete/", activities.delete, name="activity_delete"),
]
api_urlpatterns: list[URLPattern] = [path("totals/", api.totals, name="totals")]
