"""``manage.py demo_signins``: print the demo's sign-ins; nothing where there is no demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from desk import demo


class Command(BaseCommand):
    help = "Print the demo's sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = demo.sign_ins() if settings.DEMO else []
        if accounts:
            self.stdout.write(f"Password of all demo sign-ins: {demo.SIGN_INS_PASSWORD}")
        for address, role in accounts:
            self.stdout.write(f"  {address:<26} {role}")
