"""A value of a key result in words: a number, yes or no, or the name of a stage."""

from decimal import Decimal

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from apps.objectives.figures import write_value
from apps.objectives.models import KeyResult
from apps.objectives.scoring import STAGES

STAGE_WORDS = {
    "none": pgettext_lazy("stage", "none"),
    "commit": pgettext_lazy("stage", "commit"),
    "target": pgettext_lazy("stage", "target"),
    "stretch": pgettext_lazy("stage", "stretch"),
}


def written(
    key_result: KeyResult,
    value: Decimal,
    *,
    unit: str | None = None,
    decimals: int | None = None,
    language: str | None = None,
) -> str:
    """As this person writes it; numbers with the key result's own unit and decimals, unless
    others are given."""
    match key_result.kind:
        case KeyResult.Kind.MILESTONE:
            return _("yes") if value >= 1 else _("no")
        case KeyResult.Kind.STAGES:
            return stage_word(value)
    return write_value(
        value,
        key_result.unit_beside(value) if unit is None else unit,
        key_result.decimals if decimals is None else decimals,
        language or str(get_language()),
    )


def stage_word(value: Decimal) -> str:
    """The highest stage that a value reaches."""
    reached = max((share, name) for name, share in STAGES.items() if share <= value)
    return str(STAGE_WORDS[reached[1]])
