"""Starts the parts of an installation, keeps them up, and leaves no process behind.

Each part runs in a session of its own, so that Ctrl-C reaches the supervisor alone and the parts are stopped in order.
What a part says goes to its own log file. Nothing here knows what the parts are.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launcher.py")
STOP_SECONDS = 12.0
RESTARTS_BEFORE_GIVING_UP = 5
RESTART_WINDOW_SECONDS = 60.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PartFailed(Exception):
    """A part ended again and again, or did not become ready; the text says which and where its log is."""


class TooSlow(PartFailed):
    """What was waited for did not come in time, though every part runs."""


class Stopped(Exception):
    """The person asked to stop while something was still being waited for."""


@dataclass
class Part:
    """One process with its log and the times at which it had to be started again."""

    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes]
    restarts: list[float] = field(default_factory=list)


class Supervisor:
    """The parts of one run. Use it as a context manager: leaving it stops every part, last started last stopped."""

    def __init__(
        self,
        environment: Mapping[str, str],
        folder: Path,
        logs: Path,
        say: Callable[[str], None],
        keep_open: tuple[int, ...] = (),
    ) -> None:
        """``folder`` is where the commands run, ``keep_open`` are file descriptors that the parts inherit (a lock)."""
        self.environment = dict(environment)
        self.folder, self.logs, self.say, self.keep_open = folder, logs, say, keep_open
        self.parts: list[Part] = []
        self.stopping = threading.Event()
        self.signals = 0

    def __enter__(self) -> "Supervisor":
        for number in STOP_SIGNALS:
            signal.signal(number, self._on_signal)
        self.logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _on_signal(self, *_: object) -> None:
        self.signals += 1
        self.stopping.set()

    def _spawn(self, command: Sequence[str], stdout: int, stderr: int) -> subprocess.Popen[bytes]:
        """Start ``command`` through the launcher, which ends it should this process be killed."""
        front = [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid())]
        return subprocess.Popen(
            [*front, *command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
            pass_fds=self.keep_open,
        )

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a part that is to run until the end; its log begins anew, the last run's is kept as ``NAME.log.1``."""
        log = self.logs / f"{name}.log"
        with suppress(FileNotFoundError):
            log.replace(log.with_suffix(".log.1"))
        self.parts.append(Part(name, command, log, self._spawn_part(command, log)))

    def _spawn_part(self, command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
        with log.open("ab") as file:
            return self._spawn(command, file.fileno(), file.fileno())

    def run(self, command: Sequence[str]) -> str:
        """Run ``command`` to its end and return what it printed; its error output goes to the terminal.

        Raises PartFailed when it fails, Stopped when the person stops it.
        """
        with tempfile.TemporaryFile() as out:
            process = self._spawn(command, out.fileno(), sys.stderr.fileno())
            try:
                self.wait_until(
                    lambda: process.poll() is not None, 600, f"`{' '.join(command[1:])}` took over ten minutes."
                )
            finally:
                _end_group(process.pid)
                process.wait()
            if process.returncode:
                raise PartFailed(f"`{' '.join(command[1:])}` failed; what it said stands above.")
            out.seek(0)
            return out.read().decode()

    def wait_until(self, ready: Callable[[], bool], seconds: float, otherwise: str) -> None:
        """Wait until ``ready()``. Raises TooSlow(``otherwise``), PartFailed when one ends, Stopped."""
        end = time.monotonic() + seconds
        while not ready():
            if self.stopping.wait(0.05):
                raise Stopped
            self._fail_on_dead_part()
            if time.monotonic() > end:
                raise TooSlow(otherwise)

    def _fail_on_dead_part(self) -> None:
        for part in self.parts:
            code = part.process.poll()
            if code is not None:
                raise PartFailed(f"{part.name} ended while starting ({_reason(code)}).\n{last_lines(part.log)}")

    def watch(self) -> None:
        """Keep every part up until the person stops it. Raises PartFailed when a part can't be kept up."""
        while not self.stopping.wait(0.3):
            for part in self.parts:
                code = part.process.poll()
                if code is not None:
                    self._restart(part, code)

    def _restart(self, part: Part, code: int) -> None:
        _end_group(part.process.pid)  # a killed main process leaves its workers behind
        now = time.monotonic()
        part.restarts = [at for at in part.restarts if now - at < RESTART_WINDOW_SECONDS]
        if len(part.restarts) >= RESTARTS_BEFORE_GIVING_UP:
            raise PartFailed(f"{part.name} keeps ending ({_reason(code)}).\n{last_lines(part.log)}")
        part.restarts.append(now)
        self.say(f"{part.name} ended ({_reason(code)}) and is started again. Its log: {part.log}")
        if not self.stopping.wait(0.2 * 2 ** (len(part.restarts) - 1)):
            part.process = self._spawn_part(part.command, part.log)

    def stop(self) -> None:
        """Stop all parts: the first started (what the others stand on) last. What does not end in time is killed."""
        for group in (self.parts[1:], self.parts[:1]):
            for part in group:
                with suppress(ProcessLookupError):
                    part.process.terminate()
            asked = time.monotonic()
            while any(part.process.poll() is None for part in group) and time.monotonic() < asked + self._patience():
                time.sleep(0.05)
            for part in group:
                _end_group(part.process.pid)
                part.process.wait()
        self.parts = []

    def _patience(self) -> float:
        """Seconds that a part may take to end: few once the person has pressed Ctrl-C a second time."""
        return STOP_SECONDS if self.signals < 2 else 1.0


def last_lines(log: Path, count: int = 12) -> str:
    """The last ``count`` lines of a log, with where to read the rest."""
    lines = log.read_text(errors="replace").splitlines()[-count:] if log.exists() else []
    return "\n".join([*(f"  | {line}" for line in lines), f"The whole log: {log}"])


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _end_group(leader: int) -> None:
    """Kill what is left of the process group that a part leads."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
