"""Signing in to the API with a token."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from core.prepared import Prepared
from delegations import services
from delegations.enums import Scope
from delegations.models import ApiToken, User


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer TOKEN``; the token becomes ``request.auth``."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        if len(words) != 2:
            raise exceptions.AuthenticationFailed(_("Write the header as “Authorization: Bearer TOKEN”."))
        token = _valid(words[1].decode("latin-1"))
        if token is None:
            raise exceptions.AuthenticationFailed(_("This token is not valid, or not any more."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


_TOKEN = ("id", "user_id", "scopes", "expires_at")
_USER = ("id", "email", "name", "language", "is_active", "is_staff")
_of_digest = Prepared(
    lambda digests: ApiToken.objects.filter(digest__in=digests, revoked_at=None, user__is_active=True).values(
        *_TOKEN, **{f"user_{name}_": F(f"user__{name}") for name in _USER}
    )
)


def _valid(raw: str) -> ApiToken | None:
    token: ApiToken
    for token in _of_digest([services.digest(raw)]):
        if token.expires_at is None or token.expires_at > timezone.now():
            values = [token.__dict__.pop(f"user_{name}_") for name in _USER]
            token.user = User.from_db(str(token._state.db), _USER, values)
            return token
    return None


class HasScope(BasePermission):
    """A token may do what its scopes say; a signed-in session may do what its user may. Reading wants ``read``."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, ApiToken):
            return bool(request.user and request.user.is_authenticated)
        wanted = Scope.READ if request.method in ("GET", "HEAD", "OPTIONS") else getattr(view, "scope", Scope.WRITE)
        return wanted in request.auth.scopes


class _TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "delegations.api.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
