"""The supervisor with parts that are real processes and do nothing."""

import os
import signal
import textwrap
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.processes import Running, clean_environment, living, python, wait_until

pytestmark = pytest.mark.once

SLEEPER = "import time; print('up', flush=True); time.sleep(300)"
# Ignores the polite signal and has a child that does too, as a stuck worker with a pool.
STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.fork()
print('up', flush=True)
time.sleep(300)
"""


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Start a supervisor of its own process that keeps the given Python programs up; all carry a mark of this test."""
    started: list[Running] = []

    def start(stop_seconds: float = 12, **programs: str) -> Running:
        mark = uuid.uuid4().hex
        script = textwrap.dedent(f"""
            import sys
            from pathlib import Path
            import config.supervisor as s
            s.STOP_SECONDS = {stop_seconds}
            folder = Path({str(tmp_path)!r})
            try:
                with s.Supervisor(__import__('os').environ, folder, folder / 'log', lambda t: print(t, flush=True)) as it:
                    for name, program in {programs!r}.items():
                        it.start(name, [sys.executable, '-c', program])
                    print('watching', flush=True)
                    it.watch()
            except s.PartFailed as problem:
                print(problem, flush=True)
                sys.exit(1)
        """)
        running = Running(python("-c", script), tmp_path / "supervisor.log", clean_environment(MARK=mark))
        started.append(running.start())
        running.wait_for(lambda: "watching" in running.text)
        return running

    yield start
    for running in started:
        running.kill()


def parts(running: Running) -> list[int]:
    mark = f"MARK={running.environment['MARK']}"
    return [pid for pid in living(mark) if pid != running.process.pid]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stop_signal_ends_every_part_and_exits_clean(supervise: Callable[..., Running], number: int) -> None:
    running = supervise(one=SLEEPER, two=SLEEPER)
    wait_until(lambda: len(parts(running)) == 2)

    code = running.stop(number)

    assert code == 0, running.text
    assert parts(running) == []


def test_killed_supervisor_leaves_no_part_behind(supervise: Callable[..., Running]) -> None:
    running = supervise(one=SLEEPER, two=SLEEPER)
    wait_until(lambda: len(parts(running)) == 2)

    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait(10)

    wait_until(lambda: parts(running) == [], 5, "the parts outlived their supervisor")


def test_stubborn_part_is_killed_with_its_children(supervise: Callable[..., Running]) -> None:
    running = supervise(stop_seconds=0.5, one=STUBBORN)
    wait_until(lambda: len(parts(running)) == 2)

    running.stop(signal.SIGTERM)

    assert parts(running) == []


def test_second_interrupt_does_not_wait_for_a_stubborn_part(supervise: Callable[..., Running]) -> None:
    running = supervise(stop_seconds=60, one=STUBBORN)
    wait_until(lambda: len(parts(running)) == 2)
    os.kill(running.process.pid, signal.SIGINT)
    time.sleep(0.5)

    code = running.stop(signal.SIGINT, seconds=5)

    assert code == 0
    assert parts(running) == []


def test_killed_part_is_started_again_and_said(supervise: Callable[..., Running]) -> None:
    running = supervise(one=SLEEPER)
    wait_until(lambda: len(parts(running)) == 1)
    first = parts(running)[0]

    os.kill(first, signal.SIGKILL)

    wait_until(lambda: any(pid != first for pid in parts(running)))
    assert "one ended (signal SIGKILL) and is started again" in running.text


def test_part_that_keeps_ending_stops_the_run_with_its_last_words(supervise: Callable[..., Running]) -> None:
    running = supervise(one="import time; time.sleep(0.1); raise SystemExit('the key is missing')", two=SLEEPER)

    code = running.process.wait(30)

    assert code == 1
    assert "one keeps ending (exit code 1)" in running.text
    assert "the key is missing" in running.text
    assert parts(running) == []
