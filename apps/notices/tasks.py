"""The jobs, as the worker runs them. Their arguments say nothing of anybody."""

import logging
from collections.abc import Callable

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.notices.jobs import JOBS, Job, run

logger = logging.getLogger(__name__)


def _work(job: Job) -> Callable[..., None]:
    def work(timestamp: int | None = None) -> None:
        close_old_connections()  # the database may have been away since the last job
        if told := run(job, timezone.now):
            logger.info("%s: %s", job.name, told)

    return work


for job in JOBS:
    # One that waits is enough: whoever runs it does all that is due.
    task = app.task(name=job.name, queueing_lock=job.name)(_work(job))
    app.periodic(cron=job.cron)(task)
