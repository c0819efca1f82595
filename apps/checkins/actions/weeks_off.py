from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.checkins.cadence import monday
from apps.checkins.models import WeekOff
from apps.organisation.models import Organisation, Team, User
from apps.organisation.permissions import Do, still_may, take_turns
from apps.organisation.writes import lock


@transaction.atomic
def mark_weeks_off(
    *, team: Team, weeks: Collection[date], by: User, now: datetime, version: int | None = None
) -> None:
    """These of the weeks still to come, and no others; what is over stays as it was."""
    take_turns(by, team)
    still_may(by, Do.SET_RHYTHM, team)
    lock(team, version=version)
    this_week = monday(Organisation.objects.get().today(now))
    if any(week < this_week or week != monday(week) for week in weeks):
        raise ValidationError({"weeks": _("Choose weeks that are not over yet.")})
    to_come = WeekOff.objects.filter(team=team, week__gte=this_week)
    to_come.exclude(week__in=weeks).delete()
    WeekOff.objects.bulk_create(
        (WeekOff(team=team, week=week, marked_by=by, marked_at=now) for week in weeks),
        ignore_conflicts=True,
    )
    team.version += 1
    team.save(update_fields=["version"])
