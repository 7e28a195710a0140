"""The settings of a test run: ours, on a folder of its own, with nothing taken over from the person's environment.

``TEST_DATABASE_URL`` and ``TEST_REDIS_URL`` put the run on PostgreSQL and Redis; without them it is on SQLite and has no broker.
"""

import atexit
import os
import shutil
import tempfile

for name in (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "PUBLIC_URL",
    "GUIMARD_DEMO",
    "PORT",
):
    os.environ.pop(name, None)
    os.environ.pop(f"{name}_FILE", None)

folder = tempfile.mkdtemp(prefix="guimard-test-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ["GUIMARD_HOME"] = folder
os.environ.setdefault("LOG_LEVEL", "WARNING")
# Two runs at once, or two workers of one run, must not see each other's keys.
os.environ["REDIS_KEY_PREFIX"] = f"guimard-test-{os.getpid()}"
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
if os.environ.get("TEST_REDIS_URL"):
    os.environ["REDIS_URL"] = os.environ["TEST_REDIS_URL"]
# Playwright's synchronous API runs an event loop in the thread in which the test itself asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, DATABASES, STORAGES  # noqa: E402

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if not os.environ.get("TEST_REDIS_URL"):
    CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

if not os.environ.get("TEST_DATABASE_URL"):
    # A database in memory has one connection; races need a file and a connection each.
    DATABASES = {"default": {**DATABASES["default"], "TEST": {"NAME": os.path.join(folder, "test.sqlite3")}}}
