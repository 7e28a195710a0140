"""What every test may ask for: the servers, a browser, and a world in which only this machine can be reached."""

import ipaddress
import os
import socket
import uuid
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests import services
from tests.processes import Running, clean_environment, wait_until

REQUIRED = bool(os.environ.get("GUIMARD_REQUIRE_SERVICES"))


# --- a skip is a failure where all services are promised ------------------------------------------------------------
@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """With GUIMARD_REQUIRE_SERVICES set, turn a skip into a failure that gives the skip's reason."""
    report = yield
    if REQUIRED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and GUIMARD_REQUIRE_SERVICES forbids it: {report.longrepr}"
    return report


# --- nobody but this machine ----------------------------------------------------------------------------------------
class OutsideWorld(AssertionError):
    """A test tried to reach an address that is not this machine's."""


def refuse_outside(address: object, family: int) -> None:
    """Raises OutsideWorld unless ``address`` is a unix socket or a loopback address."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = str(address[0]) if isinstance(address, tuple) else str(address)
    if host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback):
        return
    raise OutsideWorld(f"A test tried to connect to {address}; tests reach this machine only.")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine() -> Iterator[None]:
    """Let Python's sockets connect to this machine only."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse_outside(address, self.family)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_outside(address, self.family)
        return connect_ex(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    yield
    patch.undo()


# --- servers --------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The address of a PostgreSQL server on which databases may be made; skips where there is none."""
    url = services.database_url()
    if not url:
        pytest.skip("no PostgreSQL answers at 127.0.0.1:5432, and TEST_DATABASE_URL names none")
    return url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a new, empty PostgreSQL database, dropped after the test."""
    import psycopg
    from psycopg import sql

    name = f"guimard_test_{uuid.uuid4().hex[:12]}"
    parts = urlsplit(postgres_server)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield parts._replace(path=f"/{name}").geturl()
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The address of a Redis server; skips where there is none. Keep to a REDIS_KEY_PREFIX of your own on it."""
    url = services.redis_url()
    if not url:
        pytest.skip("no Redis answers at 127.0.0.1:6379, and TEST_REDIS_URL names none")
    return url


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[tuple[Running, str]]:
    """A Valkey server of the test's own, to be stopped, killed and started at will (``Running``), and its address."""
    from config import valkey as server

    try:
        path = server.socket_path(tmp_path)
        command = server.command(tmp_path, path)
    except server.NoValkeyHere as reason:
        pytest.skip(str(reason))
    with Running(command, tmp_path / "valkey.log", clean_environment()) as running:
        wait_until(lambda: server.answers(path), 20, "Valkey did not start")
        yield running, f"unix://{path}"


# --- a browser ------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium of this machine; skips where there is none."""
    path = services.chromium_path()
    if not path:
        pytest.skip("no Chromium on the path, and CHROMIUM names none")
    return path


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Any]:
    """A headless Chromium (a Playwright ``Browser``) that stays at home; tests open contexts of their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page at 360 × 740 px in a context of its own; a request to another machine fails the test."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="en-GB", timezone_id="Europe/Brussels"
    )
    context.set_default_timeout(15_000)
    outside: list[str] = []

    def look(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme.startswith("http") and parts.hostname not in ("127.0.0.1", "localhost"):
            outside.append(request.url)

    context.on("request", look)
    yield context.new_page()
    context.close()
    assert not outside, f"The page asked another machine for {outside}"
