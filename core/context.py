"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name and address, and whether this is the demo."""
    return {"site_name": settings.SITE_NAME, "public_url": settings.PUBLIC_URL, "is_demo": settings.DEMO}
