"""``manage.py create_api_token EMAIL [--scope read] [--days 90]``: print a token for the API."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.audit import Actor
from delegations.enums import Scope
from delegations.models import User
from delegations.services import create_api_token


class Command(BaseCommand):
    help = "Print an API token for a user. It is shown once: only its digest is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the user's e-mail address")
        parser.add_argument(
            "--scope",
            action="append",
            choices=Scope.values,
            help="what the token may do; repeat it for several; all by default",
        )
        parser.add_argument("--days", type=int, help="days until it expires; never by default")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user with the address {options['email']}.")
        now = timezone.now()
        scopes = [Scope(scope) for scope in options["scope"] or Scope.values]
        expires_at = now + timedelta(days=options["days"]) if options["days"] else None
        self.stdout.write(
            create_api_token(user=user, at=now, by=Actor("operator"), scopes=scopes, expires_at=expires_at)
        )
