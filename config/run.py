"""``make run``: prepare the data, start every part, say where things are, stop all of it at Ctrl-C.

The environment steers it: ``PORT`` and ``GUIMARD_HOME`` always; ``DATABASE_URL``, ``REDIS_URL``, ``EMAIL_URL``, ``SECRET_KEY``,
``ALLOWED_HOSTS`` and ``PUBLIC_URL`` make it a deployment's, which has no demo. Without ``REDIS_URL`` it brings its own Valkey.
"""

import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from config import probe, valkey
from config.environment import BASE_DIR, home
from config.supervisor import PartFailed, Stopped, Supervisor, TooSlow

DEPLOYMENT_NAMES = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL")
WEB_SECONDS = 60
WORKER_SECONDS = 30
LOCK_SECONDS = 20


class CannotStart(Exception):
    """The run can't begin; the text says what is in the way and what to do."""


@dataclass(frozen=True)
class Run:
    """What one run is made of, read from the environment."""

    port: int
    home: Path
    demo: bool
    own_valkey: bool
    public_url: str

    @property
    def address(self) -> str:
        """Where people find the site, without a closing slash."""
        return self.public_url.rstrip("/") or f"http://localhost:{self.port}"


def read_run(environment: Mapping[str, str]) -> Run:
    """The run that ``environment`` asks for. Raises CannotStart when PORT is no port."""

    def given(name: str) -> bool:
        return bool(environment.get(name) or environment.get(f"{name}_FILE"))

    raw = environment.get("PORT") or "8000"
    if not raw.isdecimal() or not 0 < int(raw) < 65536:
        raise CannotStart(f"PORT is “{raw}”, and a port is a number from 1 to 65535: make run PORT=8001")
    demo = environment.get("GUIMARD_DEMO", "")
    return Run(
        port=int(raw),
        home=home(),
        demo=demo.lower() in ("1", "true", "yes", "on") if demo else not any(map(given, DEPLOYMENT_NAMES)),
        own_valkey=not given("REDIS_URL"),
        public_url=environment.get("PUBLIC_URL", ""),
    )


def commands() -> dict[str, list[str]]:
    """The command of each part. compose.yaml runs the very same ones; where web listens comes by GRANIAN_HOST and _PORT."""
    web = "granian --interface wsgi --workers 2 --blocking-threads 8 --respawn-failed-workers --workers-kill-timeout 8"
    worker = "celery -A config worker --pool prefork --concurrency 2 --without-gossip --without-mingle --loglevel INFO"
    beat = "celery -A config beat --pidfile= --loglevel INFO"
    parts = {"web": f"{web} config.wsgi:application", "worker": worker, "beat": beat}
    return {name: [sys.executable, "-m", *words.split()] for name, words in parts.items()}


def say(text: str) -> None:
    """Print to a terminal that may have been closed meanwhile."""
    with suppress(OSError):
        print(text, flush=True)


def take_lock(folder: Path) -> int:
    """Take the folder for this run and return the lock's file descriptor; the parts inherit it, so it lives as long as they.

    Raises CannotStart when another run keeps it for LOCK_SECONDS.
    """
    handle = os.open(folder / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    end = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end or _owner_lives(handle):
                raise CannotStart(
                    f"Guimard already runs from {folder}. Stop that run, or give this one a folder and a port of its own:\n"
                    "make run GUIMARD_HOME=/path/to/another PORT=8001"
                ) from None
            time.sleep(0.1)
        else:
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
            return handle


def _owner_lives(handle: int) -> bool:
    """Whether the supervisor that wrote the lock still runs; its parts may outlive it for a moment, to be waited for."""
    try:
        os.kill(int(os.pread(handle, 20, 0)), 0)
    except (OSError, ValueError):
        return False
    return True


def check_port(port: int) -> None:
    """Raises CannotStart when another program listens on ``port``."""
    with socket.socket() as probe_socket:
        probe_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe_socket.bind(("127.0.0.1", port))
        except PermissionError:
            raise CannotStart(
                f"Port {port} is kept for the system. Choose one above 1023: make run PORT=8001"
            ) from None
        except OSError:
            raise CannotStart(
                f"Port {port} is taken by another program. Stop it, or choose another port: make run PORT={port + 1}"
            ) from None


def start_valkey(run: Run, supervisor: Supervisor) -> Path:
    """Start the installation's own Valkey, wait until it answers, and hand its address to the parts. Returns its socket."""
    path = valkey.socket_path(run.home)
    supervisor.start("valkey", valkey.command(run.home, path))
    supervisor.environment["REDIS_URL"] = f"unix://{path}"
    supervisor.wait_until(lambda: valkey.answers(path), 60, f"Valkey does not answer. See {run.home}/log/valkey.log")
    return path


def start_parts(run: Run, supervisor: Supervisor) -> None:
    """Start web, worker and beat, and wait until all of them are ready to serve."""
    for name, command in commands().items():
        supervisor.start(name, command)
    public = urlsplit(run.public_url)

    def answers(path: str) -> bool:
        return probe.answer(run.port, path, public.netloc, public.scheme == "https")[0] == 200

    logs = supervisor.logs
    supervisor.wait_until(
        lambda: answers("/healthz"), WEB_SECONDS, f"The web process does not answer. See {logs}/web.log"
    )
    try:
        supervisor.wait_until(lambda: answers("/readyz"), WORKER_SECONDS, "not ready")
    except TooSlow:
        say(f"\nSomething is not ready yet: {probe.answer(run.port, '/readyz', public.netloc)[1]}\nSee {logs}")


def welcome(run: Run, sign_ins: str) -> str:
    """What a person reads when everything runs: the addresses, and in the demo how to sign in."""
    places = {"Events": "/", "Organisers": "/desk/", "Door": "/checkin/", "In a few numbers": "/totals/"}
    if run.demo:
        places["Letters sent (demo)"] = "/mailbox/"
    lines = ["", "Guimard is running.", "", *(f"  {name:<20} {run.address}{path}" for name, path in places.items())]
    if sign_ins.strip():
        lines += ["", "Sign-ins of the demo:", "", *(f"  {line}" for line in sign_ins.strip().splitlines())]
    elif not run.demo:
        lines += [
            "",
            "No demo here. The first account: python manage.py createsuperuser",
        ]
    return "\n".join([*lines, "", f"Logs: {run.home / 'log'}   Ctrl-C stops everything."])


def serve(run: Run, supervisor: Supervisor) -> None:
    """Run everything until the person stops it. Raises PartFailed when a part can't be kept up, Stopped on an early stop."""
    if run.own_valkey:
        start_valkey(run, supervisor)
    sign_ins = supervisor.run([sys.executable, "-m", "config.prepare"])
    start_parts(run, supervisor)
    say(welcome(run, sign_ins))
    supervisor.watch()


def environment_for(run: Run) -> dict[str, str]:
    """The environment of the parts: ours, with the demo and the folder spelled out."""
    return {
        **os.environ,
        "GUIMARD_HOME": str(run.home),
        "GUIMARD_DEMO": "1" if run.demo else "0",
        "PORT": str(run.port),
        "GRANIAN_HOST": "127.0.0.1",
        "GRANIAN_PORT": str(run.port),
        "PYTHONUNBUFFERED": "1",
    }


def main() -> int:
    """Run until stopped. Returns 0 after a stop, 1 with a message when something failed."""
    try:
        run = read_run(os.environ)
        lock = take_lock(run.home)
        check_port(run.port)
        with Supervisor(environment_for(run), BASE_DIR, run.home / "log", say, keep_open=(lock,)) as supervisor:
            serve(run, supervisor)
    except (Stopped, KeyboardInterrupt):
        pass
    except (CannotStart, PartFailed, valkey.NoValkeyHere) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    say("\nGuimard has stopped.")
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    sys.exit(main())
