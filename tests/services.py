"""Which of the servers that some tests need answer on this machine.

``python tests/services.py database`` (or ``redis``) prints the address to test on, and nothing when nobody answers.
``TEST_DATABASE_URL`` and ``TEST_REDIS_URL`` name other servers; only addresses of this machine are ever tried unasked.
"""

import os
import shutil
import socket
import sys

POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/guimard"
REDIS = "redis://127.0.0.1:6379/0"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def database_url() -> str:
    """The address of a PostgreSQL server whose ``postgres`` may make databases, or an empty string."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return given
    import psycopg

    try:
        with psycopg.connect(POSTGRESQL.replace("/guimard", "/postgres"), connect_timeout=2) as connection:
            row = connection.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
    except psycopg.OperationalError:
        return ""
    return POSTGRESQL if row and row[0] else ""


def redis_url() -> str:
    """The address of a Redis server that answers PING, or an empty string."""
    if given := os.environ.get("TEST_REDIS_URL"):
        return given
    try:
        with socket.create_connection(("127.0.0.1", 6379), timeout=2) as client:
            client.sendall(b"PING\r\n")
            return REDIS if client.recv(16).startswith(b"+PONG") else ""
    except OSError:
        return ""


def chromium_path() -> str:
    """The Chromium of this machine (``CHROMIUM`` names another), or an empty string."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")


if __name__ == "__main__":
    print({"database": database_url, "redis": redis_url, "chromium": chromium_path}[sys.argv[1]]())
