"""Badges printed by a real worker: its pool's children are forked, and Typst must not have run before that."""

import subprocess
from pathlib import Path

from pypdf import PdfReader

from tests.processes import ROOT, python, wait_until
from tests.worker.installation import Installation


class Printing:
    """A job asked for by another process."""

    def __init__(self, office: Installation, count: int) -> None:
        self.office = office
        command = python("-m", "tests.worker.printing", str(count))
        done = subprocess.run(command, cwd=ROOT, env=office.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr[-4000:]
        self.pk = done.stdout.split()[-1]

    @property
    def state(self) -> str:
        """The state of the only job there is."""
        return str(self.office.query("SELECT state FROM core_job")[0][0])

    @property
    def files(self) -> list[Path]:
        return list((self.office.home / "private" / "jobs").glob("*"))

    def pages(self) -> int:
        (file,) = self.files
        return len(PdfReader(file).pages)


def test_badges_printed_by_a_real_worker_come_one_job_after_the_other(office):
    printing = Printing(office, 12)

    with office.parts():
        wait_until(lambda: printing.state == "done", 60, "the badges were not printed")
        assert printing.pages() == 12
        # The child that compiled once compiles again.
        again = Printing(office, 3)
        wait_until(lambda: {row[0] for row in office.query("SELECT state FROM core_job")} == {"done"}, 60)

    assert len(again.files) == 2


def test_badges_of_a_worker_that_was_killed_are_printed_by_the_next(office):
    printing = Printing(office, 200)
    worker = office.worker()
    with worker:
        wait_until(lambda: printing.state != "queued", 60, "the job was not taken up")
        worker.kill()
    assert printing.state == "running"

    with office.parts():
        wait_until(lambda: printing.state == "done", 60, "nobody took the job over")

    assert printing.pages() == 200
