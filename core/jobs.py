"""Long work that a person waits for: started with a page that shows its progress, ended with a private file.

The worker does it from an outbox row, so a job is neither lost nor started twice at once. Files live in the private
storage, are handed only to the job's owner, and go after KEEP_DAYS.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from core.models import Job
from core.outbox import enqueue

KEEP_DAYS = 7


@transaction.atomic
def start_job(*, kind: str, owner: Any, params: Mapping[str, Any], task: str, at: datetime) -> Job:
    """Write down a job and leave ``task`` for the worker with the payload ``{"job": id}``.

    ``owner`` is the user who waits; ``params`` is JSON that the task reads back from ``Job.params``.
    """
    job = Job.objects.create(kind=kind, owner=owner, params=dict(params), created_at=at)
    enqueue(task=task, payload={"job": str(job.pk)}, at=at)
    return job


def job_for(user: Any, pk: uuid.UUID | str) -> Job:
    """The job ``pk`` of ``user``. Raises Job.DoesNotExist for all others and for what is no id."""
    try:
        key = uuid.UUID(str(pk))
    except ValueError as error:
        raise Job.DoesNotExist from error
    return Job.objects.get(pk=key, owner=user)


def report(job_id: uuid.UUID | str, done: int, total: int) -> None:
    """Note that ``done`` of ``total`` steps are done; seen at once by the page that shows the job."""
    unfinished = Job.objects.filter(pk=job_id, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    unfinished.update(state=Job.State.RUNNING, done=done, total=total)


def finish(
    job_id: uuid.UUID | str, content: bytes, filename: str, content_type: str, *, at: datetime, note: str = ""
) -> None:
    """End the job with its file; ``filename`` is what the person's computer calls it, ``note`` what they must know.

    A job that was ended before (its worker was killed between the two) gets the new file in place of the old one.
    """
    job = Job.objects.get(pk=job_id)
    job.file.delete(save=False)
    job.file.save(f"jobs/{job.pk}", ContentFile(content), save=False)
    job.filename, job.content_type, job.note, job.error = filename, content_type, note, ""
    job.state, job.done, job.finished_at = Job.State.DONE, job.total, at
    job.save()


def fail(job_id: uuid.UUID | str, reason: str, *, at: datetime) -> None:
    """End the job without a file; ``reason`` is a sentence for the person who waits."""
    Job.objects.filter(pk=job_id).exclude(state=Job.State.DONE).update(
        state=Job.State.FAILED, error=reason, finished_at=at
    )


def clean_jobs(*, at: datetime) -> int:
    """Delete the jobs that began over KEEP_DAYS ago, with their files. Returns how many."""
    old = list(Job.objects.filter(created_at__lt=at - timedelta(days=KEEP_DAYS)))
    for job in old:
        job.file.delete(save=False)
    Job.objects.filter(pk__in=[job.pk for job in old]).delete()
    return len(old)
