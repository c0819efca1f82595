"""The single questions of a check-in."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.checkins.asked import KeyResultQuestion, month_day
from apps.checkins.cadence import WEEK
from apps.checkins.sheet import Leader
from apps.objectives.fields import NumberField
from apps.objectives.figures import MOST_DECIMALS, write_number
from apps.objectives.models import KeyResult
from apps.objectives.scoring import Belief, belief
from apps.organisation.widgets import Choices, Confidence, DayInput, NumberInUnit, Segmented, Words

LONGEST_SENTENCE = 500
LONGEST_TEXT = 2000
FROM_0_TO_10 = [str(n) for n in range(11)]


def number(question: KeyResultQuestion) -> forms.Field:
    # The sentence is whole: what stands in a title is no placeholder.
    refusal = must_be_number(question).replace("%", "%%")
    return NumberField(
        label=_("This week"),
        required=False,
        example=question.example,
        widget=NumberInUnit(unit=question.key_result.unit_beside(), below=question.last),
        error_messages={"not-a-number": refusal, "too-long": refusal, "too-large": refusal},
    )


def must_be_number(question: KeyResultQuestion) -> str:
    key_result, language = question.key_result, str(get_language())
    low, high = key_result.bound_low, key_result.most
    words = {
        "title": key_result.title,
        "example": write_number(question.example, MOST_DECIMALS, language),
        "low": "" if low is None else write_number(low, MOST_DECIMALS, language),
        "high": "" if high is None else write_number(high, MOST_DECIMALS, language),
    }
    if low is not None and high is not None:
        return _("“%(title)s” must be a number from %(low)s to %(high)s, like %(example)s.") % words
    if low is not None:
        return _("“%(title)s” must be a number from %(low)s up, like %(example)s.") % words
    if high is not None:
        return _("“%(title)s” must be a number up to %(high)s, like %(example)s.") % words
    return _("“%(title)s” must be a number, like %(example)s.") % words


def whether_reached() -> forms.Field:
    answers = [("1", _("Yes")), ("0", _("Not yet"))]
    return _one_of(_("Is it reached?"), answers, Decimal, Segmented())


def which_stage(key_result: KeyResult) -> forms.Field:
    stages = [
        ("0", _("None yet")),
        ("0.3", key_result.stage_commit or _("Commit")),
        ("0.7", key_result.stage_target or _("Target")),
        ("1", key_result.stage_stretch or _("Stretch")),
    ]
    hints = {"0.3": _("Commit"), "0.7": _("Target"), "1": _("Stretch")}
    return _one_of(_("Which stage is reached?"), stages, Decimal, Choices(hints=hints))


def how_sure(key_result: KeyResult) -> forms.Field:
    sure = (
        _("How sure are you that it holds?")
        if key_result.holds
        else _("How sure are you that we reach it?")
    )
    return _one_of(sure, [(n, n) for n in FROM_0_TO_10], int, Confidence())


def words(label: str, longest: int, **kwargs: Any) -> forms.Field:
    return forms.CharField(
        label=label, max_length=longest, required=False, widget=Words(rows=1), **kwargs
    )


def text_of_help(*, required: bool = True) -> forms.Field:
    return forms.CharField(
        label=_("What do you need from a leader?"),
        help_text=_("A decision, a door opened, a rule bent. Leave empty if you need nothing.")
        if not required
        else _("A decision, a door opened, a rule bent."),
        max_length=LONGEST_TEXT,
        required=required,
        widget=Words(),
        error_messages={"required": _("Say what you need.")},
    )


def whom_to_ask(leaders: list[Leader], *, required: bool = True) -> forms.Field:
    named = [(leader.pk, f"{leader.name}, {leader.team}") for leader in leaders]
    return forms.TypedChoiceField(
        label=_("Who can give it?"),
        choices=[("", "–"), *named],
        coerce=int,
        empty_value=None,
        required=required,
        error_messages={"required": _("Choose who can give it.")},
    )


def by_which_day(*, required: bool = True) -> forms.Field:
    return forms.DateField(
        label=_("By when?"),
        required=required,
        widget=DayInput(),
        error_messages={
            "required": _("Say by when you need it."),
            "invalid": _("Choose a day."),
        },
    )


def level(confidence: int) -> str:
    words = {Belief.LOW: _("low"), Belief.MEDIUM: _("medium"), Belief.HIGH: _("high")}
    return words[belief(confidence)]


def span(week: date) -> str:
    """A week by its first and its last day."""
    return _("%(first)s to %(last)s") % {
        "first": month_day(week), "last": month_day(week + WEEK - timedelta(days=1)),
    }  # fmt: skip


def clock(at: datetime) -> str:
    return time_format(timezone.localtime(at), "TIME_FORMAT")


def _one_of(
    label: str, choices: list[tuple[str, str]], coerce: Callable[[Any], Any], widget: forms.Widget
) -> forms.Field:
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=coerce, empty_value=None, required=False, widget=widget
    )
