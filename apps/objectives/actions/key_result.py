"""Key results: defined, edited and removed while their objective is draft or in input."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from apps.objectives.actions.holding import hold, require_changeable
from apps.objectives.likeness import nearly_the_same, the_same
from apps.objectives.models import KeyResult, Objective
from apps.objectives.models.report_request import ReportRequestState
from apps.objectives.units import UnitError, read_unit
from apps.organisation import outbox
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, may
from apps.organisation.writes import lock, require_text

Kind = KeyResult.Kind


class Definition(TypedDict, total=False):
    """What a key result says. Title, kind and team are needed; the rest depends on the kind."""

    title: str
    kind: str
    team: Team
    metric: str
    measured_by: str
    unit_kind: str
    unit: str
    decimals: int
    baseline: Decimal | None
    baseline_by: date | None
    target: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound_low: Decimal | None
    bound_high: Decimal | None
    stage_commit: str
    stage_target: str
    stage_stretch: str
    ambition: str
    effect_from: date | None
    due: date | None


# What only some kinds have; for the others it is emptied, whatever was typed before.
OF_KIND: dict[str, tuple[Kind, ...]] = {
    "baseline": KeyResult.MEASURED,
    "baseline_by": KeyResult.MEASURED,
    "target": KeyResult.MEASURED,
    "low": (Kind.AT_LEAST, Kind.WITHIN),
    "high": (Kind.AT_MOST, Kind.WITHIN),
    "bound_low": (*KeyResult.MEASURED, *KeyResult.HOLDING),
    "bound_high": (*KeyResult.MEASURED, *KeyResult.HOLDING),
    "stage_commit": (Kind.STAGES,),
    "stage_target": (Kind.STAGES,),
    "stage_stretch": (Kind.STAGES,),
    "due": (Kind.MILESTONE,),
}


@transaction.atomic
def define_key_result(
    objective: Objective, *, by: User, different: bool = False, **definition: Unpack[Definition]
) -> KeyResult:
    """Last in the objective's order. `different`: the word that it is another one, although it
    says nearly what one of them says."""
    hold(objective, by=by, do=Do.DEFINE_KEY_RESULT)
    require_changeable(objective)
    last = objective.key_results.aggregate(last=Max("position"))["last"] or 0
    key_result = KeyResult(objective=objective, position=last + 1)
    _define(key_result, definition, by=by, different=different)
    key_result.save(force_insert=True)
    _mark_changed(objective)
    return key_result


@transaction.atomic
def edit_key_result(
    key_result: KeyResult,
    *,
    by: User,
    version: int | None = None,
    different: bool = False,
    **definition: Unpack[Definition],
) -> None:
    """Change what is given; the rest stays. Who reports it being settled anew, no other team is
    asked any more."""
    _hold(key_result, by=by, version=version)
    reported_by = key_result.team
    _define(key_result, definition, by=by, different=different)
    key_result.version += 1
    changed = {*definition, *OF_KIND, "unit_kind", "baseline_is_proposed", "version"}
    key_result.save(update_fields=changed)
    if key_result.team != reported_by:
        _ask_no_more(key_result)
    _mark_changed(key_result.objective)


@transaction.atomic
def remove_key_result(key_result: KeyResult, *, by: User, version: int | None = None) -> None:
    _hold(key_result, by=by, version=version)
    _mark_changed(key_result.objective)
    try:
        key_result.delete()
    except ProtectedError as protected:
        raise ValidationError(
            _("Teams have initiatives for this key result. Ask them to link those elsewhere first.")
        ) from protected


def _hold(key_result: KeyResult, *, by: User, version: int | None) -> None:
    objective = key_result.objective
    hold(objective, by=by, do=Do.DEFINE_KEY_RESULT)
    require_changeable(objective)
    lock(key_result, version=version)
    key_result.objective = objective


def _mark_changed(objective: Objective) -> None:
    """Whoever is about to commit sees that it is no longer what the page showed."""
    objective.version += 1
    objective.save(update_fields=["version"])


def _define(key_result: KeyResult, definition: Definition, *, by: User, different: bool) -> None:
    said_before = key_result.title
    if "team" in definition:
        _require_willing(key_result, definition["team"], by=by)
    for name, value in definition.items():
        setattr(key_result, name, value)
    if "unit" in definition:
        kind = definition.get("unit_kind", "")
        key_result.unit_kind, key_result.unit = require_unit(definition["unit"], kind)
    sentence = _("Name the figure that shows success.")
    key_result.title = require_text("title", key_result.title, sentence)
    for name, kinds in OF_KIND.items():
        if key_result.kind not in kinds:
            setattr(key_result, name, "" if name.startswith("stage_") else None)
    if key_result.baseline is not None:
        key_result.baseline_by = None
    key_result.baseline_is_proposed = False  # whoever says it anew has looked at it
    if key_result.title != said_before:
        require_another(key_result, different=different)
    errors = contradictions(key_result)
    if errors:
        raise ValidationError(errors)


def _require_willing(key_result: KeyResult, team: Team, *, by: User) -> None:
    """The goal's own team reports it, or the one that has agreed to, or one that this person may
    speak for. Any other is asked (ask_to_report), and answers itself."""
    agreed = {key_result.objective.team_id, key_result.team_id}
    if team.pk not in agreed and not may(by, Do.ANSWER_REPORT_REQUEST, team):
        raise ValidationError(
            {"team": _("%(team)s must agree first. Save, then ask it to report.") % {"team": team}}
        )


def _ask_no_more(key_result: KeyResult) -> None:
    """What a team has answered stays; nobody has committed to the question yet, so it goes."""
    for asked in key_result.report_requests.filter(state=ReportRequestState.OPEN):
        outbox.take_back("report.asked", about=asked)
        asked.delete()


def require_another(key_result: KeyResult, *, different: bool) -> None:
    """No two of an objective say the same, whatever their case, marks and blanks. Whether two
    differ that say nearly the same, whoever writes them knows."""
    others = KeyResult.objects.filter(objective=key_result.objective).exclude(pk=key_result.pk)
    titles = list(others.values_list("title", flat=True))
    if any(the_same(title, key_result.title) for title in titles):
        sentence = _("Another key result says the same. Say what is different in “%(title)s”.")
        raise ValidationError({"title": sentence % {"title": key_result.title}})
    near = next((title for title in titles if nearly_the_same(title, key_result.title)), None)
    if near is not None and not different:
        raise ValidationError(
            {
                "different": _("“%(title)s” says nearly the same. Is this another figure?")
                % {"title": near}
            }
        )


def contradictions(key_result: KeyResult) -> dict[str, str]:
    """What can't be true together, by the field to change."""
    errors = {}
    if refusal := refuse_target(key_result, key_result.target):
        errors["target"] = refusal
    low, high = key_result.low, key_result.high
    if low is not None and high is not None and low >= high:
        errors["high"] = _("The upper limit must be above the lower one.")
    least, most = key_result.bound_low, key_result.bound_high
    if least is not None and most is not None and least >= most:
        errors["bound_high"] = _("The highest possible value must be above the lowest.")
    elif refusal := refuse_value(key_result, key_result.baseline):
        errors["baseline"] = refusal
    cycle = key_result.objective.cycle
    for name in ["effect_from", "due", "baseline_by"]:
        day = getattr(key_result, name)
        if day is not None and not cycle.starts <= day <= cycle.ends:
            errors[name] = _("Choose a day in %(cycle)s.") % {"cycle": cycle}
    return errors


def implied_kind(start: Decimal | None, target: Decimal | None) -> str:
    """What start and target say by themselves, where nobody has said the kind."""
    if start is None or target is None or start == target:
        return ""
    return Kind.INCREASE if target > start else Kind.DECREASE


def refuse_target(key_result: KeyResult, target: Decimal | None) -> str:
    """Why this can't be the target, in a sentence; nothing if it can."""
    start = key_result.baseline
    if target is None:
        return ""
    if start is not None and target == start:
        return _("Target and start are the same. Change one of them.")
    if start is not None and (target > start) is not (key_result.kind == Kind.INCREASE):
        if key_result.kind == Kind.INCREASE:
            return _("To increase, the target must be above the start value.")
        return _("To decrease, the target must be below the start value.")
    return refuse_value(key_result, target)


def require_unit(text: str, kind: str = "") -> tuple[str, str]:
    """What is kept of a unit; ValidationError where it is none of its kind."""
    try:
        return read_unit(text, kind)
    except UnitError as refused:
        raise ValidationError({"unit": str(refused)}) from None


def refuse_value(key_result: KeyResult, value: Decimal | None) -> str:
    """Why this can't be a value at all."""
    least, most = key_result.bound_low, key_result.most
    if value is None:
        return ""
    if (least is not None and value < least) or (most is not None and value > most):
        return _("This lies outside of what is possible for this key result.")
    return ""
