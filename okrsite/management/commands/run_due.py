"""Do once what the worker would do at an instant, without the worker, and say what was done."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.notices.jobs import JOBS, run
from apps.organisation.models import Organisation


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", help="as if it were then: 2026-11-19T09:00+01:00")

    def handle(self, *, now: str | None, **options: Any) -> None:
        moment = _read(now) if now else timezone.now()
        for job in JOBS:
            done = run(job, lambda: moment)
            self.stdout.write(f"{job.name}: {done or 'nothing to do'}")


def _read(text: str) -> datetime:
    """A time without a zone is the organisation's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--now must be a date and a time in ISO form, not “{text}”.") from None
    if moment.tzinfo:
        return moment
    organisation = Organisation.objects.first()
    zone = organisation.time_zone if organisation else "UTC"
    return timezone.make_aware(moment, ZoneInfo(zone))
