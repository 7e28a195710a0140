"""A whole installation for tests: its own database, its own Valkey, a mail server that does as it is told."""

import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tests.processes import ROOT, Running, clean_environment, free_port, python, wait_until

SWEEP = 0.5
CONCURRENCY = 2


class MailServer:
    """An SMTP server that counts what it took. ``answer`` is what it says to a letter, ``unknown`` refuses recipients."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[str] = []
        self.refused: list[str] = []
        self.answer = "250 taken"
        self.unknown: set[str] = set()
        self._controller: Controller | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.unknown:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        head = envelope.content.split(b"\r\n\r\n", 1)[0].decode()
        letter = next(line.split(":", 1)[1].strip() for line in head.splitlines() if line.startswith("Message-ID:"))
        (self.taken if self.answer.startswith("250") else self.refused).append(letter)
        return self.answer

    def open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        """Stop listening: a connection is refused from now on."""
        if self._controller:
            self._controller.stop()
            self._controller = None

    def twice(self) -> set[str]:
        """The letters that came more than once."""
        return {letter for letter, times in Counter(self.taken).items() if times > 1}


class Installation:
    """Worker and beat as real processes, registrations made by another process, states read past all of our code."""

    def __init__(self, home: Path, database: str, redis: str, mail: MailServer) -> None:
        self.home, self.database, self.mail = home, database, mail
        self.environment = clean_environment(
            GUIMARD_HOME=str(home),
            REDIS_URL=redis,
            EMAIL_URL=f"smtp://127.0.0.1:{mail.port}",
            OUTBOX_SWEEP_SECONDS=str(SWEEP),
            OUTBOX_LEASE_SECONDS="5",
            OUTBOX_RETRY_SECONDS="0.5",
            LOG_LEVEL="WARNING",
            **({"DATABASE_URL": database} if database else {}),
        )

    def register(self, count: int, way: str = "service") -> float:
        """Register ``count`` guests, with a letter each. Returns the longest registration in seconds."""
        command = python("-m", "tests.worker.office", str(count), way)
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr[-4000:]
        return float(done.stdout.splitlines()[-1])

    def _part(self, name: str, *words: str) -> Running:
        return Running(python("-m", "celery", "-A", "config", *words), self.home / f"{name}.log", self.environment)

    def worker(self) -> Running:
        """The worker, as `make run` starts it; use it as a context manager."""
        words = (
            f"worker --pool prefork --concurrency {CONCURRENCY} --without-gossip --without-mingle --loglevel WARNING"
        )
        return self._part("worker", *words.split())

    @contextmanager
    def parts(self) -> Iterator[None]:
        """Worker and beat, while the context lasts."""
        with ExitStack() as stack:
            stack.enter_context(self.worker())
            stack.enter_context(self.beat())
            yield

    def beat(self) -> Running:
        """Beat, which sweeps the outbox."""
        return self._part("beat", "beat", "--pidfile=", "--loglevel", "WARNING")

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the database, read by the bare driver."""
        if not self.database:
            with closing(sqlite3.connect(self.home / "guimard.sqlite3", timeout=20)) as connection:
                return connection.execute(sql).fetchall()
        import psycopg

        with psycopg.connect(self.database) as connection:
            return connection.execute(sql).fetchall()

    def letters(self) -> dict[str, str]:
        """The state of each letter by its Message-ID."""
        rows = self.query("SELECT id, state FROM registrations_letter")
        return {f"<letter-{_dashed(str(pk))}@localhost>": state for pk, state in rows}

    def wait_until_sent(self, seconds: float = 60) -> None:
        """Wait until every letter is sent, or show which are not."""

        def all_sent() -> bool:
            return set(self.letters().values()) == {"sent"}

        try:
            wait_until(all_sent, seconds)
        except AssertionError:
            open_rows = self.query("SELECT id, attempts, error FROM core_outboxmessage WHERE done_at IS NULL")
            raise AssertionError(f"{Counter(self.letters().values())}; open: {open_rows[:5]}") from None


def _dashed(pk: str) -> str:
    """A UUID as Python writes it; SQLite keeps it without dashes."""
    return pk if "-" in pk else "-".join((pk[:8], pk[8:12], pk[12:16], pk[16:20], pk[20:]))
