"""What the environment says: the only module that reads it for the settings."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_email_url
import environs
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
MAIL_SCHEMES = ("smtp", "submission")
DEPLOYMENT_NAMES = ("SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL")

env = environs.Env()


def value(name: str, default: str = "") -> str:
    """The variable ``name``, or the content of the file that ``<name>_FILE`` points at, or ``default``."""
    path = os.environ.get(f"{name}_FILE")
    if path and not os.environ.get(name):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def home() -> Path:
    """The folder of everything that this installation writes: database, queue, letters, uploads."""
    folder = Path(os.environ.get("GUIMARD_HOME") or BASE_DIR / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def is_demo() -> bool:
    """Whether the demo is on. Raises ImproperlyConfigured next to a deployment's settings: demo sign-ins are public."""
    if not env.bool("GUIMARD_DEMO", False):
        return False
    present = [name for name in DEPLOYMENT_NAMES if value(name)]
    if present:
        raise ImproperlyConfigured(
            f"GUIMARD_DEMO=1 opens sign-ins that everybody knows and can't run with {', '.join(present)}. "
            "Unset GUIMARD_DEMO for a deployment, or unset those for the demo."
        )
    return True


def mail(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for ``EMAIL_URL``. Raises ImproperlyConfigured for a scheme that would be half understood."""
    scheme = urlsplit(url).scheme
    if scheme not in MAIL_SCHEMES:
        raise ImproperlyConfigured(
            f"EMAIL_URL begins with “{scheme}://”. Write submission://user:password@host:587 for STARTTLS, "
            "smtp://user:password@host:465/?ssl=True for TLS, or smtp://host:25 for neither."
        )
    return dict(dj_email_url.parse(url))


def secret_key(folder: Path) -> str:
    """``SECRET_KEY``, or a key made once for an embedded desk and kept (mode 0600) under its home."""
    given = value("SECRET_KEY")
    if given:
        return given
    path = folder / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    key = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key
