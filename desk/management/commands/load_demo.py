"""``manage.py load_demo [--if-empty]``: fill an empty database with the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from desk import demo


class Command(BaseCommand):
    help = "Load the demo into an empty database. Runs in demo mode only, since its sign-ins are known to everybody."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, without complaint, where there is data"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo. Set GUIMARD_DEMO=1 on an installation without real data.")
        if not demo.is_empty():
            if options["if_empty"]:
                return
            raise CommandError(
                "There is data already, and the demo does not mix with it. Point GUIMARD_HOME at an empty folder."
            )
        demo.load(timezone.now())
        self.stdout.write("The demo is loaded.")
