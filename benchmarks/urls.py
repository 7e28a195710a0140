"""The house's addresses and the yardstick beside them."""

from django.urls import path

from benchmarks.bare import bare
from config.urls import urlpatterns as house

urlpatterns = [path("bare/<int:pk>/", bare), *house]
