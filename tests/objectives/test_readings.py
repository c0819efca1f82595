"""What a page is told about a key result. Most of it needs no database."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.utils import translation

from apps.objectives.models import Cycle, KeyResult, Measurement, Objective
from apps.objectives.readings import (
    guardrails_of,
    lead_sentence,
    read,
    roll_up_of,
    ruler,
    situation,
    week_text,
)
from apps.objectives.scoring import RollUp
from apps.organisation.models import Team
from tests.factories import KeyResultFactory, UserFactory, at

STARTS, TODAY = date(2026, 10, 5), date(2026, 11, 20)
CYCLE = Cycle(name="Fourth quarter", slug="2026-q4", starts=STARTS, ends=date(2027, 1, 3))
OBJECTIVE = Objective(cycle=CYCLE, title="Create a world-class checkout experience")

CONVERSION = (52.4, 53.2, 54.3, 55.1, 55.6, None, 56.4)
ON_TIME = (81.5, 82.8, 84.1, 84.6, 84.0, 83.1, 82.9)


def day(number):
    return STARTS + timedelta(days=number)


def fridays(*values):
    return [(4 + 7 * week, value) for week, value in enumerate(values) if value is not None]


def key_result(
    values, baseline="52", target="65", *, kind="increase", amended=(), limits=None, **more
):
    found = KeyResult(
        team=Team(name="Checkout"),
        objective=OBJECTIVE,
        kind=kind,
        baseline=baseline and D(baseline),
        target=target and D(target),
        **{"title": "Conversion", "unit_kind": "percent", "unit": "%", "decimals": 1} | more,
    )
    found.series = [
        {"day": str(day(n)), "value": f"{value:.6f}", "at": f"{day(n)}T12:00Z"}
        for n, value in values
    ]
    found.steps = [
        {"field": field, "day": str(day(n)), "old": str(old), "new": str(new)}
        for field, rows in {"target": amended, **(limits or {})}.items()
        for n, old, new in rows
    ]
    found.steps.sort(key=lambda row: row["day"])
    return found


def reading(*args, today=TODAY, **more):
    return read(key_result(*args, **more), today=today)


def guardrail(values, *, low=None, high=None, **more):
    kind = "within" if low and high else "at-least" if low else "at-most"
    limits = {"low": low and D(low), "high": high and D(high)}
    return reading(values, None, None, kind=kind, **limits, **more)


def milestone(*values, **more):
    return reading(fridays(*values), None, None, kind="milestone", due=day(60), unit="", **more)


BEHIND = reading(fridays(*CONVERSION))
AMENDED = reading(
    fridays(*ON_TIME), "81", "95", amended=[(25, 97, 95)], effect_from=day(14), title="On time"
)
STALE = reading(fridays(24, 24.6, 25.3, 25.9), "24", "32", title="Second purchase")
UNMEASURED = reading([], title="Nothing yet")
ON_PACE = reading(fridays(52, 53, 55, 56, 57, 58, 59))
REACHED = reading(fridays(52, 53, 55, 56, 57, 58, 66))
TOO_EARLY = reading(fridays(52, 52, 52.1, 52, 52, 52, 52.4), effect_from=day(56))
HOLDING = guardrail(fridays(1.6, 1.7, 1.9, 2.2, 2.1, 1.8, 1.8), high="2", title="Mistakes")
LOST = guardrail(fridays(57, 55.5), low="56", high="60", title="Basket", today=day(20))
ALL = {
    "behind": BEHIND,
    "far-behind": AMENDED,
    "stale": STALE,
    "not-measured": UNMEASURED,
    "on-pace": ON_PACE,
    "reached": REACHED,
    "too-early": TOO_EARLY,
    "holding": HOLDING,
    "not-holding": LOST,
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("state", ALL)
def test_each_state_is_told_and_drawn(state):
    found = ALL[state]
    assert found.state == state
    assert found.state_word
    assert found.lead
    drawings = [found.spark(), found.bullet(), found.labelled_bullet(), found.trajectory([day(4)])]
    if found.holds:
        drawings.append(found.guardrail())
    for drawing in filter(None, drawings):
        root = ET.fromstring(drawing)  # noqa: S314 (our own drawing)
        assert root.get("aria-label")
    assert bool(found.bullet()) is not found.holds


def test_a_key_result_behind():
    assert (BEHIND.now_text, BEHIND.target_text, BEHIND.baseline_text) == ("56.4%", "65%", "52%")
    assert BEHIND.lead == "56.4% today, 58.6% expected."
    assert BEHIND.outlook == (
        "If the last 6 values go on like this: about 61.4% (58.8% to 64.1%) on 3 January; "
        "target 65%. Unlikely as things go."
    )
    assert (BEHIND.note, BEHIND.range_text) == ("Forecast 61.4%", "57.3% to 59.9%")


def test_its_figure_is_explained_sum_by_sum():
    assert AMENDED.why == [
        ("Way made", "(82.9 − 81) / (95 − 81) = 0.136"),
        ("Expected", "32 of 76 days since 19 October = 0.421"),
        ("Pace", "0.136 − 0.421 = −0.285"),
        ("Limit", "below −0.25: far behind"),
        ("Needed", "+1.93 a week from now on"),
        ("Seen", "+0.08 a week (the middle one of all slopes)"),
        ("Against the first target", "(82.9 − 81) / (97 − 81) = 0.119"),
    ]
    assert AMENDED.was_text == "97%"


def test_a_sum_of_rounded_terms_says_that_it_is_rounded():
    found = reading([(39, 82.3)], "81", "95", effect_from=day(14), today=day(42))
    assert dict(found.why)["Pace"] == "0.093 − 0.368 ≈ −0.276"


def test_german_figures_in_a_german_reading():
    found = read(key_result(fridays(*CONVERSION)), today=TODAY, language="de")
    assert (found.now_text, found.target_text) == ("56,4\u00a0%", "65\u00a0%")
    assert 'x="' in found.bullet()
    assert "," not in "".join(ET.fromstring(found.bullet()).itertext())  # noqa: S314


def test_an_amended_target_counts_from_its_day_on():
    before = read(AMENDED.key_result, today=day(24))
    assert (before.target, before.was, AMENDED.target, AMENDED.was) == (97, None, 95, 97)


def test_numbers_of_the_day_before_are_not_said_to_be_of_today():
    assert reading(fridays(*CONVERSION), today=day(47)).lead == (
        "56.4% on 20 November, 58.8% expected by now."
    )


def test_an_old_number_is_no_number():
    assert (STALE.state_word, STALE.note) == ("No number", "Last number in week 4")
    assert STALE.lead == "No number since week 4: 25.9% then, 28.1% expected today."
    assert STALE.outlook == "Without a fresh number there is no forecast."


def test_what_was_never_measured_is_not_zero():
    assert (UNMEASURED.share, UNMEASURED.now_text, UNMEASURED.last_week) == (None, "–", None)
    assert UNMEASURED.lead == "Not measured yet, 58.6% expected."
    assert dict(UNMEASURED.why)["Way made"].endswith("no number in this cycle yet. That is not 0%.")


def test_history_before_the_cycle_is_not_a_measurement_of_it():
    assert not reading([(-10, 60)]).is_measured


def test_a_number_without_a_start_value_says_what_is_missing():
    found = reading(fridays(None, None, None, None, None, None, 26), None, baseline_by=day(50))
    assert (found.state_word, found.note) == ("Start value missing", "Start value by 24 November")
    assert found.bullet() == ""
    assert found.trajectory()


def test_before_its_effect_nothing_is_said_of_the_outcome():
    assert TOO_EARLY.lead == "52.4% so far. No movement is expected before 30 November."
    assert "as things go" not in TOO_EARLY.outlook
    assert TOO_EARLY.note == "Expected from 30 November"


def test_few_values_say_what_a_forecast_needs():
    assert reading(fridays(52, 53), today=day(12)).outlook == (
        "2 values so far: a forecast needs four, over three weeks."
    )
    daily = reading([(n, 52 + n) for n in range(5)], today=day(4))
    assert daily.outlook == "The values span 4 days so far: a forecast needs three weeks."


@pytest.mark.parametrize(
    ("values", "today", "state", "lead"),
    [
        ((0, 0), day(12), "on-pace", "Not reached yet. It is due on 4 December."),
        (
            (0, 0, 0, 0, 0, 0, 0, 0, 0),
            day(61),
            "far-behind",
            "Not reached. It was due on 4 December.",
        ),
        ((0, 1), day(60), "reached", "Reached."),  # and it stays so
    ],
)
def test_a_milestone(values, today, state, lead):
    found = milestone(*values, today=today)
    assert (found.state, found.lead, found.outlook) == (state, lead, "")
    assert found.target_text == "yes"


def test_stages_go_by_their_names():
    found = reading(fridays(0, 0, 0, 0.3, 0.3, 0.3, 0.7), None, None, kind="stages")
    assert (found.now_text, found.state, found.share) == ("target", "ahead", D("0.7"))
    assert found.lead == "Stage reached: target. By now, 51% of the way is expected."


def test_a_guardrail_tells_how_long_it_held():
    assert HOLDING.outlook == "Held on 28 of 42 days (67%)."
    assert (HOLDING.target_text, HOLDING.note) == ("at most 2%", "28 of 42 days")
    assert HOLDING.lead == "Now 1.8%; to hold: at most 2%."
    assert LOST.target_text == "from 56% to 60%"
    assert guardrail([], low="99").outlook == ""


def test_amended_limits_count_from_their_day_on():
    values = [(4, 1.9), (11, 2.3), (39, 2.3)]
    found = guardrail(values, high="3", limits={"high": [(25, "2", "3")]})
    assert [(step.low, step.high) for step in found.limit_steps] == [(None, D(2)), (None, D(3))]
    # Seven days inside, fourteen outside, and inside again since the limit was raised.
    assert (found.held.days_held, found.held.days) == (28, 42)
    assert (found.state, found.target_text) == ("holding", "at most 3%")
    assert "amend" in found.guardrail()
    before = guardrail(values, high="3", limits={"high": [(25, "2", "3")]}, today=day(20))
    assert (before.state, before.target_text) == ("not-holding", "at most 2%")


def test_both_limits_may_be_amended_on_one_day():
    amended = {"low": [(25, "20", "10")], "high": [(25, "30", "40"), (39, "40", "35")]}
    found = guardrail([(0, 25)], low="10", high="35", limits=amended)
    limits = [(int(step.low), int(step.high)) for step in found.limit_steps]
    assert (limits[0], limits[-1]) == ((20, 30), (10, 35))


def test_a_missing_week_is_named_in_the_numbers():
    assert BEHIND.numbers[-2:] == [
        (date(2026, 11, 13), "no number", "56.3% to 58.9%"),
        (date(2026, 11, 20), "56.4%", "57.3% to 59.9%"),
    ]
    assert len(BEHIND.numbers) == 7


def test_after_its_cycle_it_reads_as_on_the_last_day():
    found = reading([(4, 53), (85, 64)], today=date(2027, 5, 1))
    assert (found.today, found.state, found.expected) == (CYCLE.ends, "on-pace", 1)
    assert found.forecast is None


def test_worst_comes_first():
    ordered = sorted(ALL.values(), key=lambda found: found.sort_rank)
    assert [found.state for found in ordered] == [
        "far-behind", "not-holding", "stale", "not-measured", "behind", "too-early", "on-pace",
        "holding", "reached",
    ]  # fmt: skip


def test_the_situation_counts_states_and_leaves_out_noughts():
    assert [(count.state, count.n) for count in situation([BEHIND, STALE, UNMEASURED])] == [
        ("behind", 1),
        ("not-measured", 2),
    ]


def test_a_roll_up_is_of_what_moves_and_counts():
    dropped = reading(fridays(65), dropped_at=at(TODAY))
    assert roll_up_of([REACHED, UNMEASURED, HOLDING, dropped]) == RollUp(D(1), D(1), 1, 2)
    assert guardrails_of([REACHED, HOLDING, LOST]) == (1, 2)


@pytest.mark.parametrize(
    ("readings", "today", "strong", "rest"),
    [
        ([], TODAY, "There are no key results yet.", ""),
        ([BEHIND], day(-12), "The cycle starts in 12 days.", ""),
        ([BEHIND], day(8), "The cycle is 9 days old.", "Numbers say little yet."),
        ([ON_PACE], TODAY, "The one key result is where it should be.", ""),
        ([ON_PACE, HOLDING], TODAY, "Both key results are where they should be.", ""),
        (
            [BEHIND, ON_PACE, STALE, AMENDED, HOLDING],
            TODAY,
            "Two of five key results are where they should be.",
            "“On time” is far behind. “Second purchase” has had no number since week 4.",
        ),
        (
            [BEHIND, UNMEASURED],
            TODAY,
            "Neither of the two key results is where it should be.",
            "“Nothing yet” has no number yet. “Conversion” is behind.",
        ),
        (
            [ON_PACE, TOO_EARLY],
            TODAY,
            "One of two key results is where it should be.",
            "For one of them it is too early to tell.",
        ),
        (
            [ON_PACE] * 6 + [TOO_EARLY] * 4,
            TODAY,
            "Six of ten key results are where they should be.",
            "For four of them it is too early to tell.",
        ),
        (
            [ON_PACE] * 6 + [TOO_EARLY] * 7,
            TODAY,
            "6 of 13 key results are where they should be.",
            "For seven of them it is too early to tell.",
        ),
    ],
)
def test_the_sentence_at_the_head_of_the_overview(readings, today, strong, rest):
    assert lead_sentence(readings, cycle=CYCLE, today=today) == (strong, rest)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (day(-1), "Starts on 5 October"),
        (day(0), "Week 1 of 13"),
        (TODAY, "Week 7 of 13"),
        (day(90), "Week 13 of 13"),
        (day(91), "Ended on 3 January"),
    ],
)
def test_the_week_of_a_cycle(today, words):
    assert week_text(CYCLE, today) == words
    assert ET.fromstring(ruler(CYCLE, today)).get("aria-label").startswith(words)  # noqa: S314


def test_the_ruler_says_how_much_time_is_left():
    assert ET.fromstring(ruler(CYCLE, TODAY)).get("aria-label") == (  # noqa: S314
        "Week 7 of 13. The cycle runs from 5 October to 3 January; 44 days are left."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
def test_a_page_of_readings_is_one_query(rows, team, django_assert_num_queries):
    person = UserFactory()
    for _row in range(rows):
        measured = KeyResultFactory(objective__team=team)
        for number, value in fridays(*CONVERSION):
            Measurement.objects.create(
                key_result=measured,
                day=day(number),
                value=value,
                source="by-hand",
                entered_by=person,
                entered_at=at(day(number)),
            )
    with django_assert_num_queries(1):
        found = [read(row, today=TODAY) for row in KeyResult.objects.for_rows()]
        assert [(row.state, row.now_text) for row in found] == [("behind", "56.4%")] * rows
        assert all(row.trajectory() and row.why and row.numbers for row in found)
