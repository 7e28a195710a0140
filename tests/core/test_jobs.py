import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from core import jobs
from core.models import Job, OutboxMessage
from tests import factories

pytestmark = pytest.mark.django_db


def make(owner=None, at=None):
    return jobs.start_job(
        kind="badges",
        owner=owner or factories.user(),
        params={"event": 1},
        task="registrations.print_badges",
        at=at or factories.now(),
    )


def content(job):
    with Job.objects.get(pk=job.pk).file.open() as file:
        return file.read()


def test_start_job_leaves_its_work_to_the_worker():
    job = make()

    message = OutboxMessage.objects.get(task="registrations.print_badges")
    assert message.payload == {"job": str(job.pk)}
    assert (job.state, job.percent, job.params) == (Job.State.QUEUED, 0, {"event": 1})


def test_job_for_somebody_else_does_not_exist():
    job = make()

    assert jobs.job_for(job.owner, str(job.pk)) == job
    with pytest.raises(Job.DoesNotExist):
        jobs.job_for(factories.user(), job.pk)


@pytest.mark.parametrize("pk", [uuid.uuid4(), "no-id"])
def test_job_for_an_unknown_id_does_not_exist(pk):
    with pytest.raises(Job.DoesNotExist):
        jobs.job_for(factories.user(), pk)


def test_report_moves_the_job():
    job = make()

    jobs.report(job.pk, 3, 12)

    job.refresh_from_db()
    assert (job.state, job.percent) == (Job.State.RUNNING, 25)


def test_finish_keeps_the_file_where_no_address_leads():
    job = make()
    jobs.report(job.pk, 3, 12)

    jobs.finish(job.pk, b"%PDF", "badges.pdf", "application/pdf", at=factories.now(), note="One is empty.")

    job.refresh_from_db()
    assert (job.state, job.percent, job.filename, job.note) == (Job.State.DONE, 100, "badges.pdf", "One is empty.")
    assert content(job) == b"%PDF"
    assert Path(job.file.path).is_relative_to(settings.PRIVATE_ROOT)
    assert not Path(job.file.path).is_relative_to(settings.MEDIA_ROOT)


def test_finish_twice_leaves_one_file():
    job = make()

    for made in (b"one", b"two"):
        jobs.finish(job.pk, made, "badges.pdf", "application/pdf", at=factories.now())

    job.refresh_from_db()
    assert content(job) == b"two"
    assert [name for name in job.file.storage.listdir("jobs")[1] if name.startswith(str(job.pk))] == [str(job.pk)]


def test_fail_says_why_and_report_does_not_revive():
    job = make()

    jobs.fail(job.pk, "The title has letters that can't be printed.", at=factories.now())
    jobs.report(job.pk, 1, 2)

    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "The title has letters that can't be printed.")


def test_fail_after_the_end_changes_nothing():
    job = make()
    jobs.finish(job.pk, b"one", "badges.pdf", "application/pdf", at=factories.now())

    jobs.fail(job.pk, "too late", at=factories.now())

    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.DONE, "")


def test_clean_jobs_takes_old_ones_with_their_files_and_leaves_the_rest():
    at = factories.now()
    old, young = make(at=at - timedelta(days=8)), make(at=at - timedelta(days=6))
    for job in (old, young):
        jobs.finish(job.pk, b"%PDF", "badges.pdf", "application/pdf", at=at)
    old.refresh_from_db()

    assert jobs.clean_jobs(at=at) == 1

    assert list(Job.objects.all()) == [young]
    assert not old.file.storage.exists(f"jobs/{old.pk}")
    assert content(young) == b"%PDF"
