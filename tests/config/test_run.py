"""``make run``'s supervisor with the real parts, on a new folder, as a person at a terminal meets it."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.run import CannotStart, read_run, welcome
from tests.processes import ROOT, Running, clean_environment, free_port, living, python, wait_until

pytestmark = pytest.mark.once


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Start a run on ``home`` with further variables; all runs are ended after the test."""
    started: list[Running] = []

    def run(home: Path | None = None, by: tuple[str, ...] = (), **values: str) -> Running:
        folder = home or tmp_path / "home"
        environment = clean_environment(**{"GUIMARD_HOME": str(folder), "PORT": str(free_port()), **values})
        running = Running(by or python("-m", "config.run"), tmp_path / f"run{len(started)}.log", environment)
        started.append(running.start())
        return running

    yield run
    for running in started:
        running.stop()
    leftover = [pid for running in started for pid in living(f"GUIMARD_HOME={running.environment['GUIMARD_HOME']}")]
    assert not leftover


def up(running: Running) -> bool:
    return "Ctrl-C stops everything" in running.text


def fetch(running: Running, path: str) -> str:
    with urllib.request.urlopen(f"http://localhost:{running.environment['PORT']}{path}", timeout=10) as answer:
        body: str = answer.read().decode()
        return body


def processes(running: Running) -> list[int]:
    return living(f"GUIMARD_HOME={running.environment['GUIMARD_HOME']}")


def requests_counted(running: Running) -> float:
    """How many GETs the metrics tell of."""
    match = re.search(r'requests_total_by_method_total\{method="GET"\} (\S+)', fetch(running, "/metrics"))
    return float(match.group(1)) if match else 0.0


def test_run_on_an_empty_folder_serves_the_demo_and_stops_without_a_trace(start: Callable[..., Running]) -> None:
    running = start()
    running.wait_for(lambda: up(running), 90)

    assert '"ready": true' in fetch(running, "/readyz")
    assert "<html" in fetch(running, "/")
    assert "<html" in fetch(running, "/mailbox/")
    first, second = (requests_counted(running) for _ in range(2))
    assert 3 <= first < second  # the two web processes add up their numbers
    address = f"http://localhost:{running.environment['PORT']}"
    assert all(f"{address}{path}\n" in running.text for path in ("/", "/desk/", "/checkin/", "/totals/", "/mailbox/"))
    assert re.search(r"organiser@\S+\.example", running.text)

    assert running.stop(signal.SIGINT) == 0
    assert "Guimard has stopped." in running.text
    assert processes(running) == []


def test_killed_run_leaves_no_process_and_the_next_run_starts_on_the_same_folder(start: Callable[..., Running]) -> None:
    first = start(GUIMARD_DEMO="0", RUN="first")
    first.wait_for(lambda: up(first), 90)
    assert len(living("RUN=first")) > 5
    first.process.kill()
    first.process.wait(10)

    second = start(GUIMARD_DEMO="0", PORT=first.environment["PORT"])

    second.wait_for(lambda: up(second), 60)
    assert living("RUN=first") == []
    assert '"ready": true' in fetch(second, "/readyz")


@pytest.mark.parametrize(
    ("number", "send"),
    [(signal.SIGINT, os.killpg), (signal.SIGKILL, os.kill)],
    ids=["Ctrl-C at the terminal", "SIGKILL"],
)
def test_end_of_make_is_the_end_of_what_it_runs(
    start: Callable[..., Running], number: int, send: Callable[[int, int], None]
) -> None:
    running = start(by=("make", "run"), GUIMARD_DEMO="0")
    running.wait_for(lambda: up(running), 120)

    send(running.process.pid, number)

    running.process.wait(30)
    wait_until(lambda: processes(running) == [], 20, f"{len(processes(running))} processes outlived make")


def test_folder_in_use_is_refused_with_what_to_do(start: Callable[..., Running]) -> None:
    first = start(GUIMARD_DEMO="0")
    first.wait_for(lambda: up(first), 90)

    second = start(GUIMARD_DEMO="0")

    assert second.process.wait(30) == 1
    assert "already runs from" in second.text
    assert "make run GUIMARD_HOME=" in second.text
    assert '"ready": true' in fetch(first, "/readyz")


def test_taken_port_is_refused_before_anything_is_started(start: Callable[..., Running], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        running = start(PORT=str(port))

        assert running.process.wait(30) == 1
    assert f"Port {port} is taken by another program" in running.text
    assert f"make run PORT={port + 1}" in running.text
    assert not (tmp_path / "home" / "guimard.sqlite3").exists()


def test_deep_and_odd_folder_gets_its_socket_elsewhere(start: Callable[..., Running], tmp_path: Path) -> None:
    home = tmp_path / "bureau de Bruxelles" / ("très-loin-" * 12)

    running = start(home=home, GUIMARD_DEMO="0")

    running.wait_for(lambda: up(running), 90)
    assert '"ready": true' in fetch(running, "/readyz")
    assert sqlite3.connect(home / "guimard.sqlite3").execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_demo_next_to_a_deployments_settings_is_refused(start: Callable[..., Running]) -> None:
    running = start(GUIMARD_DEMO="1", SECRET_KEY="k" * 50)

    assert running.process.wait(60) == 1
    assert "GUIMARD_DEMO" in running.text
    assert "SECRET_KEY" in running.text
    assert "Traceback" not in running.text
    assert processes(running) == []


@pytest.mark.services
def test_run_with_a_deployments_services_brings_no_valkey_and_no_demo(
    start: Callable[..., Running], postgres_url: str, redis_url: str
) -> None:
    running = start(DATABASE_URL=postgres_url, REDIS_URL=redis_url, EMAIL_URL=f"smtp://127.0.0.1:{free_port()}")
    running.wait_for(lambda: up(running), 90)

    home = Path(running.environment["GUIMARD_HOME"])
    assert '"ready": true' in fetch(running, "/readyz")
    assert not (home / "valkey").exists()
    assert not (home / "guimard.sqlite3").exists()
    assert "/mailbox/" not in running.text
    assert "@" not in running.text


@pytest.mark.parametrize(
    "name", ["DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL"]
)
def test_one_setting_of_a_deployment_turns_the_demo_off(name: str, tmp_path: Path) -> None:
    assert read_run({"GUIMARD_HOME": str(tmp_path)}).demo is True
    assert read_run({name: "given"}).demo is False
    assert read_run({f"{name}_FILE": "/run/secrets/given"}).demo is False


def test_demo_said_out_loud_may_use_other_services() -> None:
    run = read_run({"GUIMARD_DEMO": "1", "REDIS_URL": "redis://127.0.0.1:6379/0"})

    assert run.demo is True
    assert run.own_valkey is False


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1", "80.5"])
def test_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(CannotStart, match="a port is a number from 1 to 65535"):
        read_run({"PORT": port})


def test_welcome_of_a_deployment_names_its_public_address_and_no_demo() -> None:
    text = welcome(read_run({"PUBLIC_URL": "https://events.example/"}), "")

    assert "https://events.example/desk/" in text
    assert "localhost" not in text
    assert "mailbox" not in text


def test_make_help_lists_the_two_commands() -> None:
    text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert "make run" in text
    assert "make test" in text
