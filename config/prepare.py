"""Bring the data up to date before the parts start: schema, static files, and in the demo its people and events.

One process for all of it, since starting Django is most of the time that a second ``make run`` takes. Progress goes to
the error output; the output proper is what ``manage.py demo_signins`` prints, for the supervisor to show.
"""

import fcntl
import os
import shutil
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command


def migrate() -> None:
    """Apply the migrations that are missing."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Setting up the database …", file=sys.stderr)
        call_command("migrate", interactive=False, verbosity=0)


def last_change() -> float:
    """When our static files or the set of installed packages (the Makefile's stamp) last changed, in seconds since 1970."""
    files = [path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*") if path.is_file()]
    stamp = Path(sys.prefix) / "run.stamp"
    return max((path.stat().st_mtime for path in [*files, stamp] if path.exists()), default=0.0)


def is_collected() -> bool:
    """Whether the collected files are those of the last change."""
    done = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return done.exists() and done.stat().st_mtime >= last_change()


def collect_static() -> None:
    """Copy and hash the static files when any of them changed since the last time.

    Several runs may start from one checkout at once: one collects, the others wait for it.
    """
    if is_collected():
        return
    checkout = os.open(settings.BASE_DIR, os.O_RDONLY)
    try:
        fcntl.flock(checkout, fcntl.LOCK_EX)
        if not is_collected():
            print("Collecting the static files …", file=sys.stderr)
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    finally:
        os.close(checkout)


def main() -> None:
    """Prepare everything; errors are raised as they come, for the supervisor to stop at."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as problem:
        sys.exit(f"The settings don't fit together: {problem}")
    migrate()
    collect_static()
    shutil.rmtree(settings.GUIMARD_HOME / "metrics", ignore_errors=True)  # numbers of processes that are no more
    if settings.DEMO:
        call_command("load_demo", if_empty=True, stdout=sys.stderr)
        call_command("demo_signins")


if __name__ == "__main__":
    main()
