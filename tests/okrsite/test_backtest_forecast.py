from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.objectives.backtest import Series, backtest
from apps.objectives.scoring import Value

HEAD = "team,cycle,kr_id,key_result,kind,baseline,target,date,value\n"


def a_series(*numbers):
    first = date(2026, 10, 9)
    return [Value(first + n * timedelta(weeks=1), Decimal(x)) for n, x in enumerate(numbers)]


def run(tmp_path, text):
    file = tmp_path / "series.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    told = StringIO()
    call_command("backtest_forecast", str(file), stdout=told)
    return told.getvalue()


def row(day, value, *, baseline="0", target="100"):
    return f"Team,2026-Q4,1,Shops,metric,{baseline},{target},{day},{value}\n"


def test_a_straight_line_is_foreseen_and_the_last_value_is_not():
    values = a_series(10, 20, 30, 40, 50, 60)
    result = backtest([Series(values, Decimal(0), Decimal(100), date(2026, 10, 2))])
    assert (result.series, result.forecasts) == (1, 2)
    assert (result.this, result.straight_line) == (0, 0)
    assert result.least_squares == pytest.approx(0)
    assert result.last_value == pytest.approx(0.15)  # 0.2 one time, 0.1 the other
    assert (result.even, result.wide) == (1, 1)


def test_one_wild_value_bends_least_squares_and_not_this():
    values = a_series(0, 10, 90, 30, 40, 50)
    result = backtest([Series(values, Decimal(0), Decimal(100), date(2026, 10, 9))])
    assert result.this < result.least_squares


def test_it_prints_what_was_found(tmp_path):
    days = ["2026-10-09", "2026-10-16", "2026-10-23", "2026-10-30", "2026-11-06", "2026-11-13"]
    lines = "".join(row(day, 10 * n) for n, day in enumerate(days, 1))
    told = run(tmp_path, HEAD + lines + "Team,2026-Q4,2,Words,ordinal,,,2026-10-09,\n")
    assert "1 series, 2 forecasts" in told
    assert "this forecast                    0.000" in told
    assert "last value                       0.150" in told
    assert "even-odds band held 100% of the time, four-in-five band 100%" in told


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "lacks the columns baseline, date, kr_id, target, value"),
        ("kr_id,date\n", "lacks the columns baseline, target, value"),
        (HEAD, "has no series that is long enough"),
        (HEAD + row("2026-10-09", "1"), "has no series that is long enough"),
        (HEAD + row("9.10.2026", "1"), "line 2: '9.10.2026' is not a day like 2026-11-25."),
        (HEAD + row("2026-10-09", "many"), "line 2: 'many' is not a number like 56.4."),
        (HEAD + row("2026-10-09", "NaN"), "line 2: 'NaN' is not a number like 56.4."),
        (HEAD + row("2026-10-09", "1e99"), "line 2: '1e99' is not a number like 56.4."),
        (
            HEAD + row("2026-10-09", "1") + row("2026-10-16", "2", target="50"),
            "line 3: 1 had another baseline or target before.",
        ),
        (HEAD.encode() + b"\xff\xfe", "is not a CSV in UTF-8"),
    ],
)
def test_a_bad_file_is_refused_in_words(tmp_path, text, sentence):
    with pytest.raises(CommandError, match=None) as refused:
        run(tmp_path, text)
    assert sentence in str(refused.value)


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("backtest_forecast", "/nowhere/series.csv")
