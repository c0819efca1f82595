"""What the components of goals show, and to whom: for whole pages and for what htmx swaps in.

The pages of objectives and key results belong to dashboards, their components to this app:
templates/objectives/_*.html. Each function says what it adds to a page's context.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.objectives.actions import gaps_of, gaps_of_key_result, outcome_of
from apps.objectives.commitment import Commitment, missing
from apps.objectives.forms import AnswerForm, InputForm, MeasureForm, WithdrawInputForm
from apps.objectives.models import (
    Amendment,
    Asked,
    Constraint,
    Cycle,
    Input,
    KeyResult,
    Objective,
    ReportRequest,
)
from apps.objectives.reasons import doubt, reason
from apps.objectives.values import written
from apps.objectives.wording import Label, classify
from apps.organisation.models import Team, TeamGrant, User
from apps.organisation.permissions import Do, may

State = Objective.State


@dataclass(frozen=True)
class Can:
    """What this person may do to the objective now: the buttons to offer."""

    objective: Objective
    user: User
    today: date

    def _may(self, do: Do, *states: Objective.State) -> bool:
        objective = self.objective
        in_state = not states or objective.state in states
        return in_state and objective.cycle.is_open and may(self.user, do, objective.team)

    @cached_property
    def edit(self) -> bool:
        return self._may(Do.EDIT_OBJECTIVE, State.DRAFT, State.INPUT)

    @cached_property
    def define(self) -> bool:
        return self._may(Do.DEFINE_KEY_RESULT, State.DRAFT, State.INPUT)

    @cached_property
    def open(self) -> bool:
        return self._may(Do.OPEN_OBJECTIVE, State.DRAFT)

    @cached_property
    def ask(self) -> bool:
        return self._may(Do.OPEN_OBJECTIVE, State.DRAFT, State.INPUT)

    @cached_property
    def go_back(self) -> bool:
        return self._may(Do.OPEN_OBJECTIVE, State.INPUT)

    @cached_property
    def withdraw(self) -> bool:
        return self._may(Do.WITHDRAW_OBJECTIVE, State.DRAFT, State.INPUT)

    @cached_property
    def answer(self) -> bool:
        return self._may(Do.ANSWER_INPUT, State.INPUT)

    @cached_property
    def commit(self) -> bool:
        """The page of it; what is still in the way stands there."""
        return self._may(Do.COMMIT_OBJECTIVE, State.INPUT)

    @cached_property
    def give(self) -> bool:
        until = self.objective.input_until
        in_time = until is None or self.today <= until
        return in_time and self._may(Do.GIVE_INPUT, State.INPUT)

    @cached_property
    def amend(self) -> bool:
        return self._may(Do.AMEND_OBJECTIVE, State.COMMITTED)

    @cached_property
    def abandon(self) -> bool:
        return self._may(Do.ABANDON_OBJECTIVE, State.COMMITTED)

    @cached_property
    def review(self) -> bool:
        in_time = self.objective.cycle.can_be_reviewed(self.today)
        return in_time and self._may(Do.REVIEW_OBJECTIVE, State.COMMITTED)

    @cached_property
    def close(self) -> bool:
        """The page of it; what its review still lacks stands there."""
        in_time = self.objective.cycle.can_be_reviewed(self.today)
        return in_time and self._may(Do.CLOSE_OBJECTIVE, State.COMMITTED)

    @cached_property
    def carry_over(self) -> bool:
        """From the end of its cycle on, closed or not; one query, for those who may."""
        objective = self.objective
        is_over = not objective.cycle.is_open or objective.cycle.can_be_reviewed(self.today)
        wanted = is_over and objective.can_be_carried_over
        may_draft = wanted and may(self.user, Do.DRAFT_OBJECTIVE, objective.team)
        return may_draft and Cycle.objects.to_go_on_in(objective).exists()

    @cached_property
    def fill_in(self) -> bool:
        """What a list that was imported did not say."""
        return bool(gaps_of(self.objective)) and self._may(Do.AMEND_OBJECTIVE)

    @cached_property
    def constrain(self) -> bool:
        return self._may(Do.SET_CONSTRAINT, State.DRAFT, State.INPUT, State.COMMITTED)


@dataclass(frozen=True)
class Said:
    """One input, with the forms to answer it and to take it back, where this person may."""

    given: Input
    answer_form: AnswerForm | None
    withdraw_form: WithdrawInputForm | None


@dataclass(frozen=True)
class Thread:
    objective: Objective
    inputs: list[Input]
    can: Can

    @cached_property
    def said(self) -> list[Said]:
        return [said(given, self.can) for given in self.inputs]

    @cached_property
    def people(self) -> int:
        return len({given.author_id for given in self.inputs})

    def counted(self, answer: str) -> int:
        return sum(given.answer == answer for given in self.inputs)

    @cached_property
    def adopted(self) -> int:
        return self.counted(Input.Answer.ADOPTED)

    @cached_property
    def partly(self) -> int:
        return self.counted(Input.Answer.PARTLY)

    @cached_property
    def not_adopted(self) -> int:
        return self.counted(Input.Answer.NOT_ADOPTED)


@dataclass(frozen=True)
class Drafted:
    """A key result before its commitment, in words."""

    key_result: KeyResult
    start: str
    target: str
    missing: str
    doubt: str  # why it reads like something to tick off; empty where it doesn't


@dataclass(frozen=True)
class Making:
    """What is still to be done before the commitment, and by whom."""

    commitment: Commitment
    drafted: list[Drafted]
    asked: list[User]

    @cached_property
    def still_asked(self) -> list[User]:
        authors = {given.author_id for given in self.commitment.inputs}
        return [person for person in self.asked if person.pk not in authors]

    @cached_property
    def answered_of_asked(self) -> int:
        return len(self.asked) - len(self.still_asked)


@dataclass(frozen=True)
class Limit:
    constraint: Constraint
    can_lift: bool


@dataclass(frozen=True)
class Amended:
    """`what` names the field, where the words about the kind don't."""

    amendment: Amendment
    what: str
    old: str
    new: str


def of_objective(objective: Objective, *, user: User, today: date) -> dict[str, Any]:
    """objective, can, stages, thread, give_form, making (None after the commitment),
    constraints, can_constrain, constrain_url, amendments. Four queries before the commitment,
    three after it."""
    can = Can(objective, user, today)
    commitment = Commitment.of(objective, today=today) if objective.can_still_change else None
    inputs = commitment.inputs if commitment else list(objective.inputs.standing().for_thread())
    limits = Constraint.objects.filter(
        Q(objective=objective) | Q(team__in=[objective.team_id, *objective.team.ancestor_ids])
    )
    return {
        "objective": objective,
        "can": can,
        "stages": stages(objective),
        "thread": Thread(objective, inputs, can),
        "give_form": InputForm() if can.give else None,
        "making": making(objective, commitment) if commitment else None,
        "constraints": in_words(limits, user=user, today=today),
        "can_constrain": can.constrain,
        "constrain_url": reverse("objectives:set_constraint", args=[objective.pk]),
        "amendments": [] if commitment else amendments(objective.amendments.all()),
    }


def of_key_result(key_result: KeyResult, *, user: User, today: date) -> dict[str, Any]:
    """key_result, can_measure, measure_form, can_correct, can_amend, amend_url, can_fill_in,
    can_state_baseline, amendments. One query."""
    objective = key_result.objective
    is_live = objective.is_committed and objective.cycle.is_open and not key_result.dropped_at
    can_measure = is_live and may(user, Do.ADD_MEASUREMENT, key_result.team)
    leads = is_live and may(user, Do.AMEND_KEY_RESULT, objective.team)
    return {
        "key_result": key_result,
        "can_measure": can_measure,
        "measure_form": MeasureForm(key_result=key_result, today=today) if can_measure else None,
        "can_correct": is_live and may(user, Do.CORRECT_MEASUREMENT, key_result.team),
        "can_amend": leads,
        "amend_url": reverse(f"objectives:{_first_to_amend(key_result)}", args=[key_result.pk]),
        "can_fill_in": leads and bool(gaps_of_key_result(key_result)),
        "can_state_baseline": leads and key_result.is_promised,
        "amendments": amendments(key_result.amendments.all()),
    }


def with_report_request(key_results: Any) -> Any:
    """Each with what reporting() needs; no query of its own."""
    asked = ReportRequest.objects.filter(key_result=models.OuterRef("pk")).order_by("-pk")
    row = JSONObject(
        pk="pk", word="word", state="state", answer="answer", asked_at="asked_at",
        answered_at="answered_at", by="asked_by__name", answered_by="answered_by__name",
        team=JSONObject(
            pk="asked_team__pk", name="asked_team__name",
            ancestor_ids="asked_team__ancestor_ids", archived_at="asked_team__archived_at",
        ),
    )  # fmt: skip
    return key_results.annotate(asked_to_report=models.Subquery(asked.values(json=row)[:1]))


def reporting(key_result: Any, *, user: User) -> dict[str, Any]:
    """report_request, can_ask_to_report, can_answer_report: of with_report_request(). No query."""
    objective = key_result.objective
    is_alive = objective.cycle.is_open and not (objective.has_ended or key_result.dropped_at)
    asked = _report_request(key_result.asked_to_report)
    waits = is_alive and asked is not None and asked.is_open
    return {
        "report_request": asked,
        "can_ask_to_report": is_alive and may(user, Do.ASK_TO_REPORT, objective.team),
        "can_answer_report": asked is not None
        and waits
        and may(user, Do.ANSWER_REPORT_REQUEST, asked.asked_team),
    }


def _report_request(row: dict[str, Any] | None) -> ReportRequest | None:
    """The last one, as a page has read it."""
    if row is None:
        return None
    answered_at = row["answered_at"] and datetime.fromisoformat(row["answered_at"])
    return ReportRequest(
        pk=row["pk"],
        word=row["word"],
        state=row["state"],
        answer=row["answer"],
        asked_team=Team(**row["team"]),
        asked_by=User(name=row["by"]),
        asked_at=datetime.fromisoformat(row["asked_at"]),
        answered_by=User(name=row["answered_by"]) if answered_at else None,
        answered_at=answered_at,
    )


def _first_to_amend(key_result: KeyResult) -> str:
    """Mostly it is the target; the page of that leads on to the others."""
    return "amend_target" if key_result.has_target_to_amend else "amend_key_result"


def of_team(team: Team, *, goals: Iterable[Objective], user: User, today: date) -> dict[str, Any]:
    """constraints, can_constrain, constrain_url: what binds the team's means, of itself, from
    above or by the goals it serves. One query."""
    limits = Constraint.objects.upon(team) | Constraint.objects.filter(objective__in=goals)
    return {
        "constraints": in_words(limits, user=user, today=today),
        "can_constrain": may(user, Do.SET_CONSTRAINT, team),
        "constrain_url": reverse("objectives:set_team_constraint", args=[team.slug]),
    }


def may_draft(user: User) -> bool:
    """Whoever leads a team may draft objectives, for that team and those below."""
    return user.is_active and bool(user.standing.leads)


def stages(objective: Objective) -> list[tuple[str, bool]]:
    """The way of an objective in words, and whether it stands there."""
    way = [State.DRAFT, State.INPUT, State.COMMITTED, State.CLOSED]
    if objective.state == State.WITHDRAWN:
        way = [State.DRAFT, State.INPUT, State.WITHDRAWN]
    elif objective.state == State.ABANDONED:
        way = [State.DRAFT, State.INPUT, State.COMMITTED, State.ABANDONED]
    return [(str(state.label), state == objective.state) for state in way]


def said(given: Input, can: Can) -> Said:
    waits = not given.answer and given.withdrawn_at is None
    is_own = given.author_id == can.user.pk and can.objective.cycle.is_open
    return Said(
        given=given,
        answer_form=AnswerForm(given=given) if waits and can.answer else None,
        withdraw_form=WithdrawInputForm(given=given) if waits and is_own else None,
    )


def making(objective: Objective, commitment: Commitment) -> Making:
    return Making(
        commitment=commitment,
        drafted=[drafted(key_result) for key_result in commitment.key_results],
        asked=list(User.objects.filter(asked_for_input__objective=objective).order_by("name")),
    )


def drafted(key_result: KeyResult) -> Drafted:
    return Drafted(
        key_result=key_result,
        start=_start(key_result),
        target=_target(key_result),
        missing=missing(key_result),
        doubt=doubt(key_result.title),
    )


def wording(title: str, team: Team, *, user: User) -> dict[str, Any]:
    """wording: why a key result reads like something to tick off, and where it would be an
    initiative, with these words in the form; None where it doesn't. No query."""
    judgement = classify(title)
    if judgement.label != Label.OUTPUT:
        return {"wording": None}
    verb = "propose" if may(user, Do.PROPOSE_INITIATIVE, team) else "suggest"
    words = urlencode({"title": title, "will": judgement.hidden_outcome})
    url = f"{reverse(f'initiatives:{verb}', args=[team.slug])}?{words}"
    return {"wording": {"reason": reason(judgement), "initiative_url": url}}


def in_words(constraints: Any, *, user: User, today: date) -> list[Limit]:
    rows = constraints.in_force(today).for_lines()
    return [
        Limit(row, row.is_open and may(user, Do.LIFT_CONSTRAINT, row.decided_by)) for row in rows
    ]


def amendments(rows: Any) -> list[Amended]:
    """Old and new as the person writes numbers and days. One query."""
    return [
        Amended(row, amended_field(row), amended_value(row, row.old), amended_value(row, row.new))
        for row in rows.select_related("key_result", "objective", "by")
    ]


def amended_field(row: Amendment) -> str:
    match row.field:
        case "state":
            return _("abandoned")
        case "dropped_at":
            return _("dropped")
        case "target":
            return ""
    field: Any = type(row.key_result or row.objective)._meta.get_field(row.field)
    return str(field.verbose_name)


def amended_value(row: Amendment, stored: str) -> str:
    """What stands in a row of history, for people; nothing where its field says it all."""
    if row.field in {"state", "dropped_at"} or not stored:
        return ""
    field: Any = type(row.key_result or row.objective)._meta.get_field(row.field)
    if isinstance(field, models.DecimalField):
        return written(row.key_result, Decimal(stored)) if row.key_result else stored
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(stored), "MONTH_DAY_FORMAT")
    return str(dict(field.flatchoices).get(stored, stored))


def amended_sentence(row: Amendment) -> str:
    """As a note at the day of it."""
    if row.field == "dropped_at":
        return _("It was dropped.")
    words = {
        "what": amended_field(row),
        "old": amended_value(row, row.old),
        "new": amended_value(row, row.new),
    }
    if not row.old:
        return _("%(what)s was set to “%(new)s”.") % words
    if not row.new:
        return _("%(what)s was taken out; it was “%(old)s”.") % words
    return _("%(what)s was amended from “%(old)s” to “%(new)s”.") % words


@dataclass(frozen=True)
class CameDue:
    """A forecast, and what the key result came to."""

    key_result: KeyResult
    on: date
    days_left: int
    forecast: str
    even: str
    came_to: str
    held: bool
    held_wide: bool


def came_due(row: Any) -> CameDue:
    """Of Forecast.objects.due(), with its key result. No query."""
    outcome, key_result = outcome_of(row), row.key_result
    low, high = (written(key_result, edge) for edge in outcome.even)
    return CameDue(
        key_result=key_result,
        on=row.last_day,
        days_left=row.days_left,
        forecast=written(key_result, row.value),
        even=_("%(low)s to %(high)s") % {"low": low, "high": high},
        came_to=written(key_result, row.came_to),
        held=outcome.held,
        held_wide=outcome.held_wide,
    )


def candidates(objective: Objective, *, by: User) -> list[User]:
    """Whom to offer to ask: all leaders, and who works in the teams this is about."""
    teams = {objective.team_id, *objective.key_results.values_list("team", flat=True)}
    grants = TeamGrant.objects.filter(
        Q(permission__codename="lead_team") | Q(content_object__in=teams)
    ).works_in()
    asked = Asked.objects.filter(objective=objective).values("person")
    people = User.objects.active().filter(pk__in=grants.values("user")).exclude(pk__in=asked)
    return list(people.exclude(pk=by.pk).order_by("name"))


def _start(key_result: KeyResult) -> str:
    if key_result.baseline is not None:
        return written(key_result, key_result.baseline)
    if key_result.baseline_by is not None:
        day = date_format(key_result.baseline_by, "MONTH_DAY_FORMAT")
        return _("to be measured by %(day)s") % {"day": day}
    return ""


def _target(key_result: KeyResult) -> str:
    figures = {
        name: written(key_result, value)
        for name in ["target", "low", "high"]
        if (value := getattr(key_result, name)) is not None
    }
    match key_result.kind:
        case KeyResult.Kind.MILESTONE if key_result.due:
            day = date_format(key_result.due, "MONTH_DAY_FORMAT")
            return _("reached by %(day)s") % {"day": day}
        case KeyResult.Kind.STAGES:
            return _("three stages")
        case KeyResult.Kind.WITHIN if len(figures) == 2:
            return _("%(low)s to %(high)s") % figures
        case KeyResult.Kind.AT_LEAST if figures:
            return _("at least %(low)s") % figures
        case KeyResult.Kind.AT_MOST if figures:
            return _("at most %(high)s") % figures
    return figures.get("target", "")
