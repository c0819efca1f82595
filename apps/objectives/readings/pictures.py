"""A reading's drawings, with their text alternatives."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.objectives import charts
from apps.objectives.charts import BulletTexts, Course, GuardWords, Timeline, Words
from apps.objectives.forecast import Forecast
from apps.objectives.models import Cycle
from apps.objectives.readings.sentences import said
from apps.objectives.scoring import STAGES, Kind

if TYPE_CHECKING:
    from apps.objectives.readings.reading import Reading

CLOSE = 0.08  # of the cycle: two names of months as near as this would touch
PARTS = [share for share in STAGES.values() if 0 < share < 1]


def timeline_of(cycle: Cycle, today: date) -> Timeline:
    return Timeline(cycle.starts, cycle.ends, today)


def spark(reading: "Reading", height: int) -> SafeString:
    words = {"key_result": reading.key_result.title}
    if reading.last_day is None:
        label = _("%(key_result)s: not measured yet") % words
    else:
        label = _("%(key_result)s: from %(baseline)s to %(now)s, last number on %(day)s") % {
            **words,
            "baseline": reading.write(reading.values[0].value)
            if reading.baseline is None
            else reading.baseline_text,
            "now": reading.now_text,
            "day": said(reading.last_day),
        }
    _since, low, high = reading.limits
    drawn = charts.sparkline(_course(reading), label=label, low=low, high=high, height=height)
    return _safe(drawn)


def bullet(reading: "Reading", labels: bool) -> SafeString:
    """Nothing for a guardrail, which has no way to go, nor for a road with an end missing."""
    if reading.holds or reading.baseline is None or reading.target is None:
        return SafeString("")
    original = None
    if reading.was is not None:
        original = (reading.was - reading.baseline) / (reading.target - reading.baseline)
    return _safe(
        charts.bullet(
            share=reading.share,
            expected=reading.expected,
            state=reading.state,
            label=_bullet_label(reading),
            half=reading.half_range,
            original=original,
            stages=PARTS if reading.kind == Kind.STAGES else (),
            texts=_bullet_texts(reading) if labels else None,
        )
    )


def score(reading: "Reading", state: str) -> SafeString:
    """The bullet at the end: nothing is expected any more, and `state` is what it came to."""
    if reading.holds or reading.baseline is None or reading.target is None:
        return SafeString("")
    words = {
        "baseline": reading.baseline_text,
        "target": reading.target_text,
        "now": reading.now_text,
    }
    if reading.is_measured:
        label = _("%(now)s at the end, on the way from %(baseline)s to %(target)s.") % words
    else:
        label = _("Not measured on the way from %(baseline)s to %(target)s.") % words
    original = None
    if reading.was is not None:
        original = (reading.was - reading.baseline) / (reading.target - reading.baseline)
    start = words["baseline"]
    if reading.is_measured_in_numbers:
        start = _("%(value)s start") % {"value": start}
    return _safe(
        charts.bullet(
            share=reading.share,
            expected=None,
            state=state,
            label=label,
            original=original,
            stages=PARTS if reading.kind == Kind.STAGES else (),
            texts=BulletTexts(start, "", words["target"]),
        )
    )


def _bullet_label(reading: "Reading") -> str:
    words = {
        "state": reading.state_word,
        "baseline": reading.baseline_text,
        "target": reading.target_text,
        "expected": reading.write_share(reading.expected),
    }
    if reading.share is None:
        return (
            _("%(state)s on the way from %(baseline)s to %(target)s; expected by now %(expected)s.")
            % words
        )
    return _(
        "%(state)s. %(made)s of the way from %(baseline)s to %(target)s; "
        "expected by now %(expected)s."
    ) % {**words, "made": reading.write_share(reading.share)}


def _bullet_texts(reading: "Reading") -> BulletTexts:
    if not reading.is_measured_in_numbers:
        return BulletTexts(reading.baseline_text, "", reading.target_text)
    expected = _("%(value)s expected") % {"value": reading.expected_text}
    return BulletTexts(
        start=_("%(value)s start") % {"value": reading.baseline_text},
        expected=expected if reading.expected else "",
        target=reading.target_text,
    )


def trajectory(reading: "Reading", notes: Sequence[date], height: int) -> SafeString:
    found = reading.forecast
    words = Words(
        targets=[
            *(
                _("was %(target)s") % {"target": reading.write(step.target)}
                for step in reading.steps[:-1]
            ),
            _("Target %(target)s") % {"target": reading.target_text},
        ],
        expected=_("expected range"),
        today=_("end") if reading.is_over else _("today"),
        forecast=_("forecast"),
        early=_("too early"),
    )
    label = _(
        "%(key_result)s. Start %(baseline)s, target %(target)s. %(state)s: %(lead)s %(outlook)s"
    ) % {
        "key_result": reading.key_result.title,
        "baseline": reading.baseline_text,
        "target": reading.target_text,
        "state": reading.state_word,
        "lead": reading.lead,
        "outlook": reading.outlook,
    }
    return _safe(
        charts.trajectory(
            _course(reading),
            label=label.strip(),
            words=words,
            write=reading.write,
            decimals=reading.key_result.decimals,
            forecast=found if isinstance(found, Forecast) else None,
            notes=notes,
            months=_months(timeline_of(reading.cycle, reading.today)),
            levels=PARTS if reading.kind == Kind.STAGES else (),
            height=height,
        )
    )


def guardrail(reading: "Reading") -> SafeString:
    _since, low, high = reading.limits
    words = GuardWords(
        today=_("end") if reading.is_over else _("today"),
        low="" if low is None else _("at least %(low)s") % {"low": reading.write(low)},
        high="" if high is None else _("at most %(high)s") % {"high": reading.write(high)},
    )
    label = _("%(key_result)s. %(lead)s %(outlook)s") % {
        "key_result": reading.key_result.title,
        "lead": reading.lead,
        "outlook": reading.outlook,
    }
    return _safe(
        charts.guardrail(
            timeline_of(reading.cycle, reading.today),
            reading.values,
            steps=reading.limit_steps,
            words=words,
            write=reading.write,
            label=label,
        )
    )


def _course(reading: "Reading") -> Course:
    return Course(
        timeline=timeline_of(reading.cycle, reading.today),
        values=reading.values,
        state=reading.state,
        baseline=None if reading.holds else reading.baseline,
        steps=reading.steps,
        effect_from=reading.effect_from,
        evenly=reading.kind != Kind.MILESTONE,
        rhythm=reading.key_result.team.days_between_numbers,
    )


def _months(timeline: Timeline) -> list[tuple[str, date]]:
    days = timeline.months()
    if len(days) > 1 and timeline.share(days[1]) < CLOSE:
        days = days[1:]
    return [(date_format(day, "M"), day) for day in days]


def _safe(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 (charts escape every word they are given)
