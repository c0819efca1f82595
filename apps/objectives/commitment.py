"""What a commitment is made of, and what still stands in its way."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.objectives.models import Input, KeyResult, Objective

Kind = KeyResult.Kind


@dataclass(frozen=True)
class Commitment:
    """An objective in input, with its key results and inputs as they are on a day."""

    objective: Objective
    key_results: list[KeyResult]
    inputs: list[Input]
    today: date

    @classmethod
    def of(cls, objective: Objective, *, today: date) -> Self:
        return cls(
            objective=objective,
            key_results=list(
                objective.key_results.select_related("team", "carried_from__objective__cycle")
            ),
            inputs=list(objective.inputs.standing().for_thread()),
            today=today,
        )

    @cached_property
    def to_answer(self) -> list[Input]:
        return [given for given in self.inputs if not given.answer]

    @cached_property
    def incomplete(self) -> list[KeyResult]:
        return [key_result for key_result in self.key_results if missing(key_result)]

    @cached_property
    def answered(self) -> int:
        return len(self.inputs) - len(self.to_answer)

    @cached_property
    def complete(self) -> int:
        return len(self.key_results) - len(self.incomplete)

    @cached_property
    def hindrances(self) -> list[str]:
        """Each a sentence; while there is one, nobody can commit."""
        sentences = []
        if not self.key_results:
            sentences.append(_("Define at least one key result before you can commit."))
        sentences += [
            _("“%(key_result)s”: %(missing)s")
            % {"missing": missing(key_result), "key_result": key_result}
            for key_result in self.incomplete
        ]
        if self.to_answer:
            sentences.append(
                ngettext(
                    "%(count)d input still to answer before you can commit.",
                    "%(count)d inputs still to answer before you can commit.",
                    len(self.to_answer),
                )
                % {"count": len(self.to_answer)}
            )
        return sentences

    @cached_property
    def asks_why(self) -> str:
        """Why a commitment now needs a reason that everyone reads; nothing if it needs none."""
        if not self.inputs:
            return _("Nobody has given input. Say in one sentence why you commit without it.")
        until = self.objective.input_until
        if until and self.today <= until:
            return _("Input is still open. Say in one sentence why you commit before it closes.")
        return ""


def missing(key_result: KeyResult) -> str:
    """What a key result lacks to be committed to, as a sentence; nothing if it is whole."""
    match key_result.kind:
        case "":
            return _("What it should do is missing.")
        case Kind.INCREASE | Kind.DECREASE:
            if key_result.baseline is None and key_result.baseline_by is None:
                return _("The start value, or a day by which it is measured, is missing.")
            return _("The target is missing.") if key_result.target is None else ""
        case Kind.MILESTONE:
            return _("The day on which it is due is missing.") if key_result.due is None else ""
        case Kind.STAGES:
            stages = [key_result.stage_commit, key_result.stage_target, key_result.stage_stretch]
            return "" if all(stages) else _("The words of a stage are missing.")
    limits = {Kind.AT_LEAST: ["low"], Kind.AT_MOST: ["high"], Kind.WITHIN: ["low", "high"]}
    if any(getattr(key_result, limit) is None for limit in limits[Kind(key_result.kind)]):
        return _("The limit to hold is missing.")
    return ""
