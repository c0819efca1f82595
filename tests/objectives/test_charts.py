"""The drawings, read as XML: that they are whole, stay inside, and say what they were given."""

import math
import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from decimal import Decimal as D
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.objectives import charts
from apps.objectives.charts import (
    BulletTexts,
    Course,
    GuardWords,
    Lane,
    Timeline,
    Words,
)
from apps.objectives.charts.course import Scale
from apps.objectives.charts.grid import gridlines
from apps.objectives.forecast import Forecast, Verdict
from apps.objectives.forecast import forecast as foresee
from apps.objectives.scoring import Limits, Step, Value

STARTS, ENDS = date(2026, 10, 5), date(2027, 1, 3)
HOSTILE = "<script>alert(\"1\")</script> & 'more'"
WORDS = Words(
    targets=("Target 65%",),
    expected="expected range",
    today="today",
    forecast="forecast",
    early="too early",
)
NUMERIC = {"x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r", "rx", "dx", "dy"}
STATES = [
    "ahead", "on-pace", "behind", "far-behind", "reached", "too-early", "not-measured", "stale",
    "holding", "not-holding",
]  # fmt: skip


def day(number):
    return STARTS + timedelta(days=number)


LINE = Timeline(STARTS, ENDS, day(46))


def fridays(*values):
    return [Value(day(4 + 7 * i), D(str(v))) for i, v in enumerate(values) if v is not None]


def course(values=(), *, targets=(65,), line=LINE, baseline=D(52), state="behind", **options):
    steps = [
        Step(line.starts + timedelta(days=25 * place), D(str(target)))
        for place, target in enumerate(targets)
    ]
    return Course(line, values, state, baseline, steps, **options)


def trajectory(drawn, **options):
    return charts.trajectory(
        drawn, **{"label": "Conversion", "words": WORDS, "write": str} | options
    )


def whole(svg):
    """Parsed; every coordinate is a finite number with a point, in pixels or percent."""
    root = ET.fromstring(svg)  # noqa: S314 (our own drawing)
    for element in root.iter():
        assert "style" not in element.attrib
        assert "id" not in element.attrib
        for name, value in element.attrib.items():
            if name in NUMERIC:
                assert re.fullmatch(r"-?\d+(\.\d+)?%?", value), (element.tag, name, value)
            if name == "points":
                assert re.fullmatch(r"(-?\d+,-?\d+ ?)+", value)
    return root


def inside(root):
    """Nothing but text reaches beyond the drawing."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in {"x", "x1", "x2", "cx", "y", "y1", "y2", "cy"} and value.endswith("%"):
                assert -0.01 <= float(value[:-1]) <= 100.01, (element.tag, name, value)
        if "points" in element.attrib:
            for point in element.get("points").split():
                assert all(-1 <= int(number) <= 1001 for number in point.split(","))
        if element.tag == "rect" and element.get("width", "").endswith("%"):
            assert 0 <= float(element.get("width")[:-1]) <= 100
    return root


def find(root, cls):
    return [element for element in root.iter() if element.get("class") == cls]


def written(root):
    return [element.text for element in root.iter("text")]


def label_of(svg):
    return whole(svg).get("aria-label")


SOME = {
    "usual": course(fridays(52.4, 53.2, 54.3, 55.1, 55.6, None, 56.4)),
    "no values": course(state="not-measured"),
    "one value": course(fridays(53)),
    "one value, no start": course(fridays(53), baseline=None),
    "no start, no value": course(baseline=None, state="not-measured"),
    "nothing known": course(baseline=None, targets=(), state="not-measured"),
    "all equal": course(fridays(5, 5, 5), baseline=None, targets=()),
    "all nought": course(fridays(0, 0, 0), baseline=None, targets=()),
    "far outside": course(fridays(52, 4000, -900, 54)),
    "downhill": course(fridays(4.1, 3.6, 3.0), baseline=D("4.2"), targets=(1.5,)),
    "huge": course(fridays(1.1e13, 2e13), baseline=D("1e13"), targets=(9e13,)),
    "tiny": course(fridays("0.0004", "0.0003"), baseline=D("0.0004"), targets=("0.0001",)),
    "amended twice": course(fridays(52, 53, 54), targets=(65, 70, 60)),
    "amended on the first day": Course(
        LINE, fridays(53), "behind", D(52), [Step(STARTS, D(65)), Step(STARTS, D(70))]
    ),
    "amended after the end": Course(
        LINE, fridays(53), "behind", D(52), [Step(STARTS, D(65)), Step(day(95), D(70))]
    ),
    "effect later": course(fridays(52.5), state="too-early", effect_from=day(30)),
    "effect on the last day": course(fridays(52.5), state="too-early", effect_from=ENDS),
    "before the cycle": course(state="not-measured", line=Timeline(STARTS, ENDS, day(-9))),
    "after the cycle": course(fridays(53, 54), line=Timeline(STARTS, ENDS, day(99))),
    "with history": course([Value(day(-60), D(9)), *fridays(53, 54)]),
    "value on the first day": course([Value(STARTS, D(51)), *fridays(53)]),
    "a year": course(fridays(53), line=Timeline(date(2026, 1, 1), date(2026, 12, 31), STARTS)),
    "milestone": course(fridays(0, 0, 1), baseline=D(0), targets=(1,), evenly=False),
}


@pytest.mark.parametrize("drawn", SOME.values(), ids=SOME.keys())
def test_any_course_is_drawn_whole_and_inside(drawn):
    names = [f"Target {step.target}" for step in drawn.steps]
    words = Words(names, "expected range", "today", "forecast", "too early")
    known = drawn.baseline is not None and len(drawn.values) > 1
    forecast = Forecast(4, D(1), D(64), (D(60), D(68)), (D(50), D(78)), Verdict.OPEN)
    months = [("Oct", m) for m in drawn.timeline.months()]
    inside(
        whole(
            trajectory(
                drawn,
                words=words,
                forecast=forecast if known else None,
                notes=[day(11), day(12)],
                months=months,
                decimals=6,
            )
        )
    )
    inside(whole(charts.sparkline(drawn, label="Conversion")))


@given(
    st.lists(st.tuples(st.integers(-30, 120), st.decimals(-1e6, 1e6, places=3)), max_size=15),
    st.decimals(-1e6, 1e6, places=3) | st.none(),
    st.decimals(-1e6, 1e6, places=3),
    st.integers(0, 90),
    st.integers(-20, 120),
)
def test_no_numbers_break_a_drawing(points, baseline, target, effect, today):
    values = [Value(day(n), value) for n, value in sorted(dict(points).items())]
    drawn = Course(
        Timeline(STARTS, ENDS, day(today)), values, "on-pace", baseline,
        [Step(STARTS, target)], day(effect),
    )  # fmt: skip
    inside(whole(trajectory(drawn, notes=[v.day for v in values], decimals=3)))
    inside(whole(charts.sparkline(drawn, label="x")))


def test_the_same_numbers_give_the_same_picture():
    assert trajectory(SOME["usual"]) == trajectory(SOME["usual"])


def test_text_of_people_is_escaped_everywhere():
    hostile = Words((HOSTILE,), HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    lane = Lane(HOSTILE, HOSTILE, "active", STARTS)
    svgs = [
        trajectory(
            course(fridays(1, 2), effect_from=day(10)), label=HOSTILE, words=hostile,
            write=lambda value: HOSTILE, months=[(HOSTILE, STARTS)],
        ),
        charts.sparkline(SOME["usual"], label=HOSTILE),
        charts.bullet(
            share=0.5, expected=0.5, state="on-pace", label=HOSTILE,
            texts=BulletTexts(HOSTILE, HOSTILE, HOSTILE),
        ),
        charts.lanes([lane], LINE, label=HOSTILE),
        charts.ruler(LINE, first=HOSTILE, middle=HOSTILE, last=HOSTILE, label=HOSTILE),
        charts.guardrail(
            LINE, fridays(1), steps=[Limits(STARTS, D(0), None)], label=HOSTILE,
            words=GuardWords(HOSTILE, HOSTILE, HOSTILE), write=lambda value: HOSTILE,
        ),
        charts.dots(["late"], label=HOSTILE),
        charts.confidence(LINE, [(day(4), 7)], label=HOSTILE),
    ]  # fmt: skip
    for svg in svgs:
        assert "<script" not in svg
        assert label_of(svg) == HOSTILE


def test_time_runs_over_the_plot_and_leaves_a_strip_for_the_forecast():
    values = fridays(52.4, 53.2, 54.3, 55.1, 55.6, None, 56.4)
    forecast = foresee(values, ends=ENDS, baseline=D(52), target=D(65))
    root = whole(trajectory(course(values), forecast=forecast, write=lambda v: f"{v:.1f}"))
    assert find(root, "now")[0].get("x1") == "43.96%"  # day 46 of 90, on 86 %
    assert find(root, "tgt-l")[0].get("x2") == "86%"
    fan = find(root, "fan")[0].get("points").split()
    assert [point.split(",")[0] for point in fan] == ["440", "860", "860"]
    word = next(text for text in root.iter("text") if text.text == "forecast")
    assert (word.get("x"), word.get("dx")) == ("86%", "9")
    assert "56.4" in written(root)


def test_a_long_figure_is_pushed_back_from_the_edge():
    forecast = Forecast(4, D(1), D(64), (D(60), D(68)), (D(50), D(78)), Verdict.OPEN)
    root = whole(trajectory(SOME["usual"], forecast=forecast, write=lambda v: "6,832,142,857 €"))
    word = next(text for text in root.iter("text") if text.text == "forecast")
    assert (word.get("x"), word.get("class")) == ("100%", "end halo")


def test_a_late_amendment_leaves_the_strip_to_the_forecast():
    steps = [Step(STARTS, D(65)), Step(day(80), D(60))]
    words = Words(("was 65", "Target 60"), "expected range", "today", "forecast", "too early")
    root = whole(trajectory(Course(LINE, fridays(53), "behind", D(52), steps), words=words))
    name = next(text for text in root.iter("text") if text.text == "Target 60")
    assert (name.get("x"), name.get("class")) == ("86%", "end t-ink halo")


def test_an_amendment_starts_the_target_and_its_range_anew():
    words = Words(("was 97", "Target 95"), "expected range", "today", "forecast", "too early")
    drawn = course(fridays(81.5), targets=(97, 95), baseline=D(81), effect_from=day(14))
    root = whole(trajectory(drawn, words=words))
    x = "23.89%"  # day 25
    assert find(root, "amend")[0].get("x1") == x
    assert find(root, "tgt-l was")[0].get("x2") == find(root, "tgt-l")[0].get("x1") == x
    first, second = drawn.corridor()
    assert first.upper[-1][0] == second.upper[0][0] == pytest.approx(25 / 90)
    assert first.upper[-1][1] > second.upper[0][1]


def test_an_amendment_before_the_cycle_leaves_no_mark_on_it():
    words = Words(("was 65", "Target 70"), "expected range", "today", "forecast", "too early")
    root = whole(trajectory(SOME["amended on the first day"], words=words))
    assert not find(root, "amend")
    assert "was 65" not in written(root)


def test_the_expected_range_opens_over_two_weeks_and_not_before_the_effect():
    (band,) = course(effect_from=day(20)).corridor()
    half = [(up - down) / 2 for (_, up), (_, down) in zip(band.upper, band.lower, strict=True)]
    assert half == pytest.approx([0, 0, 1.3, 1.3])
    assert [x * 90 for x, _ in band.upper] == pytest.approx([0, 20, 34, 90])
    assert band.middle[-1] == pytest.approx((1, 65))


@pytest.mark.parametrize("name", ["one value, no start", "milestone", "effect on the last day"])
def test_there_is_no_expected_range_where_nothing_is_expected_day_by_day(name):
    root = whole(trajectory(SOME[name]))
    assert not find(root, "corr")
    assert "expected range" not in written(root)


def test_a_missing_week_is_a_bridge_not_a_line():
    runs, bridges = course(fridays(53, 54, None, 56), baseline=None).runs()
    assert [[level for _, level in run] for run in runs] == [[53, 54], [56]]
    assert [[level for _, level in bridge] for bridge in bridges] == [[54, 56]]


def test_what_was_measured_before_the_cycle_is_left_out():
    assert [level for _, level in SOME["with history"].points] == [53, 54]


@pytest.mark.parametrize("state", STATES)
def test_grey_is_never_a_solid_mark(state):
    hollow = charts.tone(state) == "none"
    root = whole(charts.sparkline(course(fridays(53), state=state), label="x"))
    assert bool(find(root, "pt core")) is hollow
    bar = whole(charts.bullet(share=0.4, expected=0.5, state=state, label="x"))
    assert bool(find(bar, "bar-none")) is hollow


def test_a_bullet_runs_from_start_to_target():
    root = inside(whole(charts.bullet(share=D("0.5"), expected=D("0.4"), state="ahead", label="x")))
    (bar,), (expected,) = find(root, "bar-good"), find(root, "expt")
    assert (bar.get("x"), bar.get("width")) == ("0.5%", "49%")
    assert expected.get("x1") == "39.7%"
    assert find(root, "tgt")


@pytest.mark.parametrize(
    ("share", "begins", "width"),
    [(-0.25, "0.5%", "19.6%"), (1.25, "0.5%", "98%"), (99, "0.5%", "98%"), (-99, "0.5%", "49%")],
)
def test_a_bullet_beyond_its_ends_makes_room_or_runs_to_the_edge(share, begins, width):
    root = inside(whole(charts.bullet(share=share, expected=0.5, state="reached", label="x")))
    (bar,) = find(root, "bar-good")
    assert (bar.get("x"), bar.get("width")) == (begins, width)


def test_a_bullet_with_no_number_is_hollow():
    root = whole(charts.bullet(share=None, expected=0.5, state="not-measured", label="x"))
    assert find(root, "bar-none")
    assert find(root, "expt")


def test_a_bullet_shows_where_the_first_target_stood_and_each_stage():
    root = whole(
        charts.bullet(
            share=0.5, expected=0.5, state="on-pace", label="x", original=0.88, stages=(0.3, 0.7)
        )
    )
    assert find(root, "tgt0")
    assert [tick.get("x1") for tick in find(root, "tick")] == ["29.9%", "69.1%"]


@pytest.mark.parametrize(
    ("expected", "shown"),
    [
        (0, ["target", "start"]),
        (0.1, ["target", "expected"]),
        (0.5, ["target", "expected", "start"]),
        (0.9, ["target", "start"]),
    ],
)
def test_the_words_under_a_bullet_do_not_crowd(expected, shown):
    texts = BulletTexts("start", "expected" if expected else "", "target")
    svg = charts.bullet(share=0.5, expected=expected, state="on-pace", label="x", texts=texts)
    assert written(whole(svg)) == shown


def test_lanes_keep_their_words_and_the_today_line_apart():
    rows = [
        Lane("A long title that would reach the line", "active", "active", day(3), None, day(60)),
        Lane("B", "killed in week 3", "ended", day(3), day(20)),
        Lane("C", "active", "active", day(-50), None, day(20)),
        Lane("D", "proposed", "proposed", day(46)),
    ]
    root = inside(whole(charts.lanes(rows, LINE, label="x")))
    lines = [(float(n.get("y1")), float(n.get("y2"))) for n in find(root, "now")]
    strips = [
        float(strip.get("y")) + float(text.get("y"))
        for strip in root.iter("svg")
        for text in strip.findall("text")
    ]
    assert len(lines) == len(strips) == 4
    assert not [y for y in strips for top, bottom in lines if top <= y <= bottom]


def test_a_running_initiative_goes_on_in_open_lines_to_its_day():
    row = Lane("A", "active", "active", day(9), None, day(67))
    root = whole(charts.lanes([row], LINE, label="x"))
    assert [line.get("x2") for line in find(root, "open")] == ["64.02%", "64.02%"]
    overdue = Lane("A", "active", "active", day(9), None, day(40))
    assert not find(whole(charts.lanes([overdue], LINE, label="x")), "open")


def test_a_long_title_is_shortened_but_its_state_stays():
    row = Lane("Remind people of a full basket " * 5, "active", "active", STARTS)
    (said,) = written(whole(charts.lanes([row], LINE, label="x")))
    assert said.endswith("… · active")


@pytest.mark.parametrize(
    ("values", "low", "high", "held", "lost"),
    [
        (fridays(1.6, 1.7, 2.2, 2.0), None, D(2), 3, 1),
        (fridays(25, 31, 19), D(20), D(30), 1, 2),
        ([], D(20), None, 0, 0),
        ([Value(day(-9), D(25)), Value(day(0), D(25))], D(20), None, 1, 0),
    ],
)
def test_a_guardrail_tells_held_days_from_lost_ones(values, low, high, held, lost):
    words = GuardWords("today", low="from 20", high="to 30")
    svg = charts.guardrail(
        LINE, values, steps=[Limits(STARTS, low, high)], words=words, write=str, label="x"
    )
    root = inside(whole(svg))
    assert (len(find(root, "held")), len(find(root, "lost"))) == (held, lost)
    assert len(find(root, "pt bad")) == lost
    assert len(find(root, "limit")) == (low is not None) + (high is not None)


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (-5, ["first", "last", "middle"]),
        (0, ["last", "middle"]),
        (46, ["first", "last", "middle"]),
        (88, ["first", "middle"]),
        (95, ["first", "last", "middle"]),
    ],
)
def test_the_words_under_the_ruler_do_not_crowd(today, shown):
    line = Timeline(STARTS, ENDS, day(today))
    svg = charts.ruler(line, first="first", middle="middle", last="last", label="x")
    assert written(inside(whole(svg))) == shown


def test_a_ruler_tells_weeks_and_from_27_of_them_on_months():
    quarter = whole(charts.ruler(LINE, first="", middle="", last="", label="x"))
    assert len(find(quarter, "tick")) == 1 + 12 + 2  # the line, 12 Mondays, two ends
    year = Timeline(date(2026, 1, 1), date(2026, 12, 31), STARTS)
    months = whole(charts.ruler(year, first="", middle="", last="", label="x"))
    assert len(find(months, "tick")) == 1 + 11 + 2


def test_the_months_of_a_cycle():
    assert LINE.months() == [STARTS, date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


def test_check_ins_are_told_apart_by_shape():
    codes = ["on-time", "late", "missed", "to-come", "to-come"]
    root = inside(whole(charts.dots(codes, label="x")))
    assert [len(find(root, f"cell-{c}")) for c in "ylnf"] == [1, 1, 1, 2]


def test_confidence_is_dots_and_never_a_line():
    values = [(day(4 + 7 * week), level) for week, level in enumerate((7, 10, 0))]
    root = inside(whole(charts.confidence(LINE, [(day(-3), 5), *values], label="x")))
    assert [dot.get("cy") for dot in find(root, "cell-y")] == ["15.4", "4", "42"]
    assert not list(root.iter("polyline"))
    assert written(root) == ["0", "10", "0"]
    assert written(whole(charts.confidence(LINE, [], label="x"))) == ["10", "0"]


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_a_shape_that_is_hidden_from_readers(state):
    root = whole(charts.glyph(state))
    assert root.get("aria-hidden") == "true"
    assert root.get("class") == f"gl {charts.tone(state)}"
    assert len(root)


def test_no_two_paces_share_a_shape():
    shapes = {charts.glyph(state).split(">", 1)[1] for state in STATES}
    assert len(shapes) == len(STATES) - 1  # a stale number is as good as none


@pytest.mark.parametrize(
    ("low", "high", "decimals", "numbers"),
    [
        (50.5, 66.5, 1, ["55", "60", "65"]),
        (1.2, 4.5, 1, ["2", "3", "4"]),
        (0.2, 1.4, 0, ["1"]),
        (-1.3, 1.3, 1, ["-1.0", "-0.5", "0.0", "0.5", "1.0"]),
        (1e9, 5e9, 0, ["2E+9", "3E+9", "4E+9"]),
        (0.0001, 0.0004, 6, ["0.0002", "0.0003"]),
        (0.1, 0.9, 1, ["0.2", "0.4", "0.6", "0.8"]),
    ],
)
def test_gridlines_stand_at_round_numbers_of_any_magnitude(low, high, decimals, numbers):
    found = [line.number for line in gridlines(Scale(low, high), decimals)]
    assert found == [D(number) for number in numbers]


@given(st.floats(1e-5, 1e12), st.floats(-1e9, 1e9), st.integers(0, 6))
def test_gridlines_are_few_and_never_finer_than_what_is_written(span, low, decimals):
    lines = gridlines(Scale(low, low + span), decimals)
    assert len(lines) <= 6
    assert all(line.number % D(1).scaleb(-decimals) == 0 for line in lines)


@pytest.mark.parametrize("values", [(54, 54.1, 54.2), (54, 58, 64), (64, 58, 54), (64, 53, 53.1)])
@pytest.mark.parametrize("apart", [0, 1, 2, 4, 6])
def test_badges_of_days_close_by_do_not_touch_on_a_phone(values, apart):
    days = [day(20), day(20 + apart), day(20 + 2 * apart)]
    reported = [Value(on, D(str(value))) for on, value in zip(days, values, strict=True)]
    root = whole(trajectory(course(reported[:: 1 if apart else 3]), notes=days, height=300))
    middles = []
    for badge in find(root, "badge"):
        lift = float(badge.get("transform").removeprefix("translate(0 -").removesuffix(")"))
        x = float(badge.get("cx")[:-1]) / 86 * 250
        middles.append((x, float(badge.get("cy")[:-1]) * 3 - lift))
    assert all(math.dist(one, two) >= 17 for one, two in pairwise(middles))


@pytest.mark.parametrize("values", [(64, 60, 55.3), (54, 58, 64.3)])
@pytest.mark.parametrize("height", [190, 300])
def test_a_badge_does_not_cover_the_figure_of_the_last_value(values, height):
    reported = [Value(day(7 * week), D(str(value))) for week, value in enumerate(values, 1)]
    falling = course(reported, baseline=D(65), targets=(50,))
    root = whole(trajectory(falling, notes=[day(21)], height=height))
    [badge] = find(root, "badge")
    lift = float(badge.get("transform").removeprefix("translate(0 -").removesuffix(")"))
    middle = float(badge.get("cy")[:-1]) * height / 100 - lift
    [figure] = [element for element in root.iter("text") if element.text == f"{values[-1]}"]
    baseline = float(figure.get("y")[:-1]) * height / 100 + float(figure.get("dy"))
    assert not baseline - 12 - 8 < middle < baseline + 8


@pytest.mark.parametrize(
    "drawn",
    [
        course(fridays(52.4, 53.2, 54.3, 55.1, None, 55.9)),
        course(
            fridays(81.5, 82.8, 84.1, 84.6, 84, 82.9, 82.3),
            baseline=D(81), targets=(97, 95), effect_from=day(14),
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("height", [190, 300])
def test_the_words_beside_the_band_stand_clear_of_target_and_forecast(drawn, height):
    expects = foresee(
        drawn.values, ends=ENDS, baseline=drawn.baseline, target=drawn.steps[-1].target
    )
    root = whole(trajectory(drawn, forecast=expects, height=height))
    [words] = [element for element in root.iter("text") if element.text == "expected range"]
    middle = float(words.get("y")[:-1]) * height / 100 + float(words.get("dy")) - 4
    target = find(root, "tgt-l")[-1]
    assert abs(float(target.get("y1")[:-1]) * height / 100 - middle) >= 10
    [forecast] = find(root, "fc")
    (x1, y1), (x2, y2) = (tuple(map(int, p.split(","))) for p in forecast.get("points").split())
    left = float(words.get("x")[:-1]) * 10
    if "end" not in words.get("class") and left >= x1:
        at_left = (y1 + (y2 - y1) * (left - x1) / (x2 - x1)) * height / 1000
        assert abs(at_left - middle) >= 8


def test_a_guardrail_in_a_line_shows_what_is_allowed():
    drawn = course(fridays(1.1, 1.2, 1.6), baseline=None, targets=(), state="not-holding")
    root = whole(charts.sparkline(drawn, label="x", low=D(1), high=D("1.5")))
    [band], lines = find(root, "safe"), find(root, "limit")
    top, bottom = float(band.get("y")), float(band.get("y")) + float(band.get("height"))
    assert 0 < top < bottom < 1000
    assert sorted(float(line.get("y1")) for line in lines) == pytest.approx([top, bottom], abs=0.1)


@pytest.mark.parametrize(("values", "x"), [((1, 1.2), "0"), ((1, 1.6), "86%")])
def test_the_name_of_a_limit_makes_way_for_an_early_value_beyond_it(values, x):
    svg = charts.guardrail(
        LINE, fridays(*values), steps=[Limits(STARTS, None, D("1.5"))], label="x", write=str,
        words=GuardWords("today", high="at most 1.5%"),
    )  # fmt: skip
    [name] = [element for element in whole(svg).iter("text") if element.text == "at most 1.5%"]
    assert name.get("x") == x


def test_amended_limits_are_drawn_as_steps_with_a_mark_on_the_day():
    steps = [Limits(STARTS, None, D("1.5")), Limits(day(45), None, D(2))]
    svg = charts.guardrail(
        LINE, [Value(day(31), D("1.8"))], steps=steps, label="x", write=str,
        words=GuardWords("today", high="at most 2%"),
    )  # fmt: skip
    root = whole(svg)
    before, after = find(root, "limit")
    assert before.get("x2") == after.get("x1") == find(root, "amend")[0].get("x1") == "43%"
    assert float(before.get("y1")[:-1]) > float(after.get("y1")[:-1])
    assert len(find(root, "safe")) == 2
    # The same value was outside by the old limit, and is inside by the new one.
    assert (len(find(root, "lost")), len(find(root, "held"))) == (1, 1)
    assert len(find(root, "pt bad")) == 1


@pytest.mark.parametrize(
    ("write", "anchor"), [(str, "mid"), (lambda value: f"{value}.000,0 €", "start")]
)
def test_a_long_figure_leaves_the_value_before_it_free(write, anchor):
    root = whole(trajectory(course(fridays(52, 53, 54, 55)), write=write))
    last = [words for words in root.iter("text") if words.text == write(D(55))][-1]
    assert ("mid" in last.get("class")) is (anchor == "mid")
    assert "end" not in last.get("class").split()
