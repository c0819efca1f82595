"""Who reports a key result: another team than the goal's own is asked, and says yes or no."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.objectives.actions.amendment import Change, record_amendments
from apps.objectives.actions.holding import hold
from apps.objectives.models import Amendment, KeyResult, Objective, ReportRequest
from apps.objectives.models.report_request import REPORT_REQUEST_MOVES
from apps.organisation import outbox
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do
from apps.organisation.writes import lock, require_text


@transaction.atomic
def ask_to_report(
    key_result: KeyResult, *, team: Team, word: str, by: User, now: datetime
) -> ReportRequest:
    """Nothing changes yet. A team that was asked before and has not answered is not asked any
    more."""
    objective = key_result.objective
    hold(objective, by=by, do=Do.ASK_TO_REPORT)
    _lock(key_result)
    _require_alive(key_result)
    if team.pk == key_result.team_id:
        raise ValidationError({"team": _("This team reports it already.")})
    if team.archived_at is not None:
        raise ValidationError({"team": _("This team is archived. Choose another.")})
    asked = ReportRequest.objects.create(
        key_result=key_result,
        asked_team=team,
        word=require_text("word", word, _("Say in one sentence why you ask this team.")),
        asked_by=by,
        asked_at=now,
    )
    people = User.objects.leading(team).exclude(pk=by.pk).distinct()
    outbox.put("report.asked", to=people, about=asked, now=now)
    return asked


@transaction.atomic
def accept_report(
    asked: ReportRequest, *, by: User, now: datetime, answer: str = "", version: int | None = None
) -> None:
    """Open → accepted: from now on the team reports it. Of a committed goal that is an amendment,
    by whoever asked and for the reason given then."""
    _hold(asked, by=by, version=version)
    key_result, objective, team = asked.key_result, asked.key_result.objective, asked.asked_team
    if objective.is_committed:
        record_amendments(
            objective, [Change("team", key_result.team, team)], about=key_result,
            change=Amendment.Kind.SCOPE, reason=asked.word, by=asked.asked_by, now=now,
        )  # fmt: skip
    key_result.team = team
    key_result.version += 1
    key_result.save(update_fields=["team", "version"])
    objective.version += 1
    objective.save(update_fields=["version"])
    _answer(asked, "accept_report", answer.strip(), by=by, now=now)


@transaction.atomic
def decline_report(
    asked: ReportRequest, *, answer: str, by: User, now: datetime, version: int | None = None
) -> None:
    """Open → declined: who reported it goes on to."""
    _hold(asked, by=by, version=version)
    answer = require_text("answer", answer, _("Say in one sentence why not."))
    _answer(asked, "decline_report", answer, by=by, now=now)


def _hold(asked: ReportRequest, *, by: User, version: int | None) -> None:
    key_result, team, asked_by = asked.key_result, asked.asked_team, asked.asked_by
    hold(key_result.objective, by=by, do=Do.ANSWER_REPORT_REQUEST, team=team)
    _lock(key_result)
    lock(asked, version=version)
    asked.key_result, asked.asked_team, asked.asked_by = key_result, team, asked_by
    _require_alive(key_result)
    if not asked.is_open:
        raise ValidationError(_("This question has been answered already."))
    if not ReportRequest.objects.open().filter(pk=asked.pk).exists():
        raise ValidationError(_("Another team has been asked since."))


def _lock(key_result: KeyResult) -> None:
    objective, team = key_result.objective, key_result.team
    lock(key_result)
    key_result.objective = objective
    if key_result.team_id == team.pk:
        key_result.team = team


def _require_alive(key_result: KeyResult) -> None:
    objective: Objective = key_result.objective
    if objective.has_ended:
        raise ValidationError(_("This objective has ended. It can be read, not changed."))
    if key_result.dropped_at is not None:
        raise ValidationError(_("This key result was dropped by an amendment."))


def _answer(asked: ReportRequest, verb: str, words: str, *, by: User, now: datetime) -> None:
    asked.state, asked.answer = REPORT_REQUEST_MOVES[verb][1], words
    asked.answered_by, asked.answered_at = by, now
    asked.version += 1
    asked.save(update_fields=["state", "answer", "answered_by", "answered_at", "version"])
    told = [asked.asked_by] if asked.asked_by_id != by.pk else []
    outbox.put("report.answered", to=told, about=asked, now=now)
