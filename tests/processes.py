"""Real processes for tests: start a command, wait until it is ready, and know that nothing of it is left."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(ready: Callable[[], object], seconds: float = 30, why: str = "it did not happen in time") -> None:
    """Wait until ``ready()`` is true. Raises AssertionError(``why``) after ``seconds``."""
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, why
        time.sleep(0.05)


class Running:
    """A command running in a process group of its own, its output in a file; leaving the context ends all of it."""

    def __init__(self, command: Sequence[str], log: Path, environment: Mapping[str, str], folder: Path = ROOT) -> None:
        self.command, self.log, self.environment, self.folder = list(command), log, dict(environment), folder
        self.process: subprocess.Popen[bytes]

    def start(self) -> "Running":
        with self.log.open("ab") as file:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        return self

    def __enter__(self) -> "Running":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill() if self.process.poll() is not None else self.stop()

    @property
    def text(self) -> str:
        """What the command said so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def wait_for(self, ready: Callable[[], object], seconds: float = 60) -> None:
        """Wait until ``ready()``. Raises AssertionError with the log when the command ends or takes longer."""

        def done() -> object:
            assert self.process.poll() is None, (
                f"{self.command} ended with {self.process.returncode}:\n{self.text[-4000:]}"
            )
            return ready()

        wait_until(done, seconds, f"{self.command} was not ready in time:\n{self.text[-4000:]}")

    def stop(self, number: int = signal.SIGTERM, seconds: float = 30) -> int:
        """Send a signal to the command alone, wait for its end, kill what is left of its group, return its exit code."""
        with suppress(ProcessLookupError):
            self.process.send_signal(number)
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        self.kill()
        return code

    def kill(self) -> None:
        """Kill the whole group at once (SIGKILL)."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


def clean_environment(**values: str) -> dict[str, str]:
    """An environment for a command under test: the path and the home, nothing of Guimard's but ``values``."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONUNBUFFERED": "1", **values}


def python(*words: str) -> list[str]:
    """A command of this Python."""
    return [sys.executable, *words]


def living(marker: str) -> list[int]:
    """The ids of processes whose environment holds ``marker`` (``NAME=value``), zombies left out; Linux only."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if marker.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found
