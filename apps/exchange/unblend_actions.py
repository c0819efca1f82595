"""Un-blend a list: paste it, say what each line is, create all of it as drafts."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.exchange.unblend import Kind, sort
from apps.exchange.unblended import Choice, Line, UnblendedList
from apps.initiatives import actions as initiatives
from apps.initiatives.actions import Aim
from apps.initiatives.models import Initiative
from apps.objectives import actions as objectives
from apps.objectives.likeness import the_same
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.objectives.wording import classify
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, may, still_may
from apps.organisation.writes import lock

MOST_LINES = 500
LONGEST_GOAL, LONGEST_INITIATIVE = 160, 120
# What can't stand without an objective.
HANGING = {Kind.KEY_RESULT, Kind.NOT_SURE}


@transaction.atomic
def paste(
    *, team: Team, cycle: Cycle, text: str, by: User, now: datetime, is_table: bool = False
) -> UnblendedList:
    """Keep the text as it is, and sort its lines by their words."""
    still_may(by, Do.DRAFT_OBJECTIVE, team, shared=cycle)
    lines = sort(text, is_table=is_table)
    if not lines:
        raise ValidationError({"text": _("There is no line in it that says something.")})
    if len(lines) > MOST_LINES:
        raise ValidationError(
            {
                "text": _("These are %(lines)s lines. Bring in at most %(most)s at a time.")
                % {"lines": len(lines), "most": MOST_LINES}
            }
        )
    unblended = UnblendedList(
        team=team, cycle=cycle, text=text, is_table=is_table, by=by, pasted_at=now
    )
    unblended.choose([Choice.proposed(line) for line in lines])
    unblended.save(force_insert=True)
    return unblended


@transaction.atomic
def sort_lines(
    unblended: UnblendedList,
    *,
    choices: Sequence[Choice],
    objective_title: str,
    by: User,
    version: int | None = None,
) -> None:
    """What each line is, in the person's own word. Nothing is created by it."""
    _hold(unblended, by=by, version=version)
    unblended.choose(list(choices))
    unblended.objective_title = objective_title
    unblended.version += 1
    unblended.save(update_fields=["choices", "objective_title", "version"])


@transaction.atomic
def create(
    unblended: UnblendedList, *, by: User, now: datetime, version: int | None = None
) -> None:
    """All of it as drafts, by the same actions as by hand; or nothing."""
    _hold(unblended, by=by, version=version)
    kinds = {line.kind for line in unblended.lines}
    if refusal := needs_objective(kinds, unblended.objective_title):
        raise ValidationError(refusal)
    _Creation(unblended, by, now).carry_out()
    unblended.created_at = now
    unblended.version += 1
    unblended.save(update_fields=["became", "created_at", "version"])


def needs_objective(kinds: Collection[Kind], objective_title: str) -> str:
    """Why it can't be created like this, in a sentence; nothing if it can."""
    if objective_title or Kind.OBJECTIVE in kinds or not HANGING.intersection(kinds):
        return ""
    return _("None of the lines is an objective. Mark one, or write it yourself.")


def _hold(unblended: UnblendedList, *, by: User, version: int | None) -> None:
    still_may(by, Do.DRAFT_OBJECTIVE, unblended.team, shared=unblended.cycle)
    team, cycle = unblended.team, unblended.cycle
    lock(unblended, version=version)
    unblended.team, unblended.cycle = team, cycle
    if unblended.is_created:
        raise ValidationError(_("This list has been created already."))


class _Creation:
    """One run over the lines; what hangs on an objective follows the objective above it."""

    def __init__(self, unblended: UnblendedList, by: User, now: datetime) -> None:
        self.unblended, self.by, self.now = unblended, by, now
        self.lines = unblended.lines
        self.goals = {
            goal.title.casefold(): goal for goal in KeyResult.objects.on_the_table().order_by("-pk")
        }

    def carry_out(self) -> None:
        became: list[tuple[str, int] | None] = [None] * len(self.lines)
        for title, places in hangs_together(self.unblended):
            objective = self._draft(title, places)
            defined: list[tuple[Line, KeyResult]] = []
            for place in places:
                line = self.lines[place]
                if line.kind is Kind.KEY_RESULT:
                    key_result = _said_already(line, defined) or self._define(objective, line)
                    defined.append((line, key_result))
                    became[place] = ("key_result", key_result.pk)
                elif line.kind is not Kind.INITIATIVE:
                    became[place] = ("objective", objective.pk)
        for place, line in enumerate(self.lines):
            if line.kind is Kind.INITIATIVE:
                became[place] = ("initiative", self._propose(line).pk)
        self.unblended.became = became

    def _draft(self, title: str, places: list[int]) -> Objective:
        lines = [self.lines[place] for place in places]
        unsorted = [_with_figures(line) for line in lines if line.kind is Kind.NOT_SURE]
        why = [title] if len(title) > LONGEST_GOAL else []
        if unsorted:
            why.append("\n".join([_("From the list, still to be sorted:"), *unsorted]))
        return objectives.draft(
            team=self.unblended.team,
            cycle=self.unblended.cycle,
            title=_cut(title, LONGEST_GOAL),
            why="\n\n".join(why),
            by=self.by,
            now=self.now,
        )

    def _define(self, objective: Objective, line: Line) -> KeyResult:
        baseline, target = line.choice.figures
        return objectives.define_key_result(
            objective,
            by=self.by,
            different=True,  # a list that is brought in is sorted, not put in question
            title=_cut(line.text, LONGEST_GOAL),
            metric=line.text if len(line.text) > LONGEST_GOAL else "",
            kind=KeyResult.Kind.DECREASE if falls(line) else KeyResult.Kind.INCREASE,
            team=self.unblended.team,
            unit=line.choice.unit,
            baseline=baseline,
            target=target,
            decimals=max(1, _decimals(baseline), _decimals(target)),
        )

    def _propose(self, line: Line) -> Initiative:
        """A leader above suggests: the means are the team's. A key result that is still a draft
        can't be linked yet, so its words stay with the hypothesis."""
        goal = self.goals.get(line.choice.moves.casefold())
        know_when = [line.choice.know_when]
        if goal is None and line.choice.moves:
            know_when.append(_("It should move: %(words)s") % {"words": line.choice.moves})
        team = self.unblended.team
        put = (
            initiatives.propose
            if may(self.by, Do.PROPOSE_INITIATIVE, team)
            else initiatives.suggest
        )
        return put(
            team=team,
            title=_cut(line.text, LONGEST_INITIATIVE),
            aims=[Aim(goal)] if goal else [],
            by=self.by,
            now=self.now,
            believe=line.text if len(line.text) > LONGEST_INITIATIVE else "",
            will=line.choice.will,
            know_when="\n".join(filter(None, know_when)),
        )


def hangs_together(unblended: UnblendedList) -> list[tuple[str, list[int]]]:
    """Each objective's title with the places of its lines, itself included. What stands above
    the first belongs to the one that was written by hand, or else to the first."""
    lines = unblended.lines
    starts = [place for place, line in enumerate(lines) if line.kind is Kind.OBJECTIVE]
    titles = [lines[place].text for place in starts]
    if unblended.objective_title:
        starts, titles = [0, *starts], [unblended.objective_title, *titles]
    ends = [*starts[1:], len(lines)]
    begins = [0, *starts[1:]] if starts else []
    return [
        (title, list(range(begin, end)))
        for title, begin, end in zip(titles, begins, ends[: len(titles)], strict=True)
    ]


def _said_already(line: Line, defined: list[tuple[Line, KeyResult]]) -> KeyResult | None:
    """A line that stands twice in the list, with the same figures, is one key result."""
    for other, key_result in defined:
        if the_same(other.text, line.text) and other.choice.figures == line.choice.figures:
            return key_result
    return None


def falls(line: Line) -> bool:
    """Whether the key result should fall: its numbers say so, or else its words."""
    start, target = line.choice.figures
    if start is not None and target is not None:
        return target < start
    return classify(line.text).figures.falls


def _with_figures(line: Line) -> str:
    """What was typed beside a line that nobody was sure about."""
    choice = line.choice
    typed = " ".join(
        filter(None, [choice.start, choice.target and f"→ {choice.target}", choice.unit])
    )
    return f"{line.text} ({typed})" if typed else line.text


def _cut(text: str, longest: int) -> str:
    """As much as a title holds; the whole text is kept beside it."""
    return text if len(text) <= longest else f"{text[: longest - 2].rstrip()} …"


def _decimals(value: Decimal | None) -> int:
    exponent = 0 if value is None else value.normalize().as_tuple().exponent
    return min(6, max(0, -int(exponent)))
