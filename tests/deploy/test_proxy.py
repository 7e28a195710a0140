"""The reverse proxy's own configuration in a real Caddy, in front of a web process of the test's."""

import http.server
import json
import shutil
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT, Running, clean_environment, free_port

pytestmark = pytest.mark.once


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers every GET with the headers it got, and every POST with the bytes it could read."""

    def do_GET(self) -> None:
        self._answer(json.dumps(dict(self.headers.items())).encode())

    def do_POST(self) -> None:
        self._answer(str(len(self.rfile.read(int(self.headers["Content-Length"])))).encode())

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[int]:
    """The port of a web process that echoes."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def proxy(web: int, tmp_path: Path) -> Iterator[Running]:
    """Caddy with deploy/Caddyfile for localhost, with a certificate of its own making."""
    caddy = shutil.which("caddy")
    if not caddy:
        pytest.skip("no caddy on the path")
    environment = clean_environment(
        GUIMARD_HOST="localhost",
        GUIMARD_WEB="127.0.0.1",
        GUIMARD_WEB_PORT=str(web),
        GUIMARD_HTTP_PORT=str(free_port()),
        GUIMARD_HTTPS_PORT=str(free_port()),
        XDG_DATA_HOME=str(tmp_path / "data"),
        XDG_CONFIG_HOME=str(tmp_path / "config"),
    )
    command = [caddy, "run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
    with Running(command, tmp_path / "caddy.log", environment) as running:
        running.wait_for(lambda: reachable(running), 30)
        yield running


def ask(proxy: Running, path: str, body: bytes | None = None) -> tuple[int, str]:
    """Status and body by TLS, the certificate unchecked: its authority is a minute old."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    url = f"https://localhost:{proxy.environment['GUIMARD_HTTPS_PORT']}{path}"
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=body), timeout=10, context=context) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def reachable(proxy: Running) -> bool:
    try:
        return ask(proxy, "/")[0] == 200
    except OSError:
        return False


def test_web_learns_that_the_caller_came_by_tls(proxy: Running) -> None:
    status, body = ask(proxy, "/events/")

    headers = json.loads(body)
    assert status == 200
    assert headers["X-Forwarded-Proto"] == "https"
    assert headers["X-Forwarded-For"] in ("127.0.0.1", "::1")


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_page_for_operators_is_not_there_for_the_public(proxy: Running, path: str) -> None:
    assert ask(proxy, path)[0] == 404


def test_body_over_the_limit_does_not_reach_web(proxy: Running) -> None:
    assert ask(proxy, "/upload", b"x" * 1_000_000) == (200, "1000000")
    try:
        status, _body = ask(proxy, "/upload", b"x" * 11_000_000)
    except OSError:
        return  # cut off while still sending
    assert status in (413, 502)


def test_log_keeps_no_manage_link_and_no_query(proxy: Running) -> None:
    ask(proxy, "/my/12/very-secret-token/edit/")
    ask(proxy, "/desk/events/?q=anna.lind%40stakeholder.example")

    proxy.wait_for(lambda: proxy.text.count("/desk/events/") == 1, 10)

    assert "/my/12/" in proxy.text
    assert "very-secret-token" not in proxy.text
    assert "anna.lind" not in proxy.text
