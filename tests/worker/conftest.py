"""Installations on SQLite and on PostgreSQL, migrated once for the whole run."""

import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.processes import ROOT, Running, clean_environment, python
from tests.worker.installation import Installation, MailServer


def migrate(**environment: str) -> None:
    command = python("manage.py", "migrate", "--verbosity", "0")
    done = subprocess.run(command, cwd=ROOT, env=clean_environment(**environment), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    home = tmp_path_factory.mktemp("migrated")
    migrate(GUIMARD_HOME=str(home))
    return home / "guimard.sqlite3"


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a migrated PostgreSQL database, to be used as a template."""
    name = f"guimard_template_{uuid.uuid4().hex[:12]}"
    run(postgres_server, f"CREATE DATABASE {name}")
    migrate(GUIMARD_HOME=str(tmp_path_factory.mktemp("postgres")), DATABASE_URL=address(postgres_server, name))
    yield name
    run(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


def address(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def run(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(address(server, "postgres"), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    """A mail server that takes all letters, until the test says otherwise."""
    server = MailServer()
    server.open()
    yield server
    server.close()


@pytest.fixture(
    params=[pytest.param("sqlite", marks=pytest.mark.once), pytest.param("postgresql", marks=pytest.mark.services)]
)
def office(
    request: pytest.FixtureRequest, tmp_path: Path, valkey: tuple[Running, str], mail: MailServer
) -> Iterator[Installation]:
    """An empty installation; start its parts as the test needs them."""
    home = tmp_path / "home"
    home.mkdir()
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), home)
        yield Installation(home, "", valkey[1], mail)
        return
    server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("migrated_postgres")
    name = f"guimard_worker_{uuid.uuid4().hex[:12]}"
    run(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield Installation(home, address(server, name), valkey[1], mail)
    run(server, f"DROP DATABASE {name} WITH (FORCE)")
