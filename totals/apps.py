from django.apps import AppConfig


class TotalsConfig(AppConfig):
    name = "totals"
