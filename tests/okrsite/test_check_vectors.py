import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SHARED = Path(__file__).parents[1] / "vectors.json"
HALF_WAY = {
    "id": 1,
    "fn": "expected",
    "input": {"day": 45, "start": 0, "end": 90, "effect_from": None},
    "expect": 0.5,
}


def check(file):
    out = StringIO()
    try:
        call_command("check_vectors", str(file), stdout=out)
    except SystemExit as exit:
        return exit.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def vectors(tmp_path):
    def write(*entries):
        file = tmp_path / "vectors.json"
        file.write_text(json.dumps(entries))
        return file

    return write


def test_all_the_sums_come_out():
    assert check(SHARED) == (0, "54 passed, 0 failed\n")


def test_a_difference_is_shown_and_counted(vectors):
    code, said = check(vectors(HALF_WAY, {**HALF_WAY, "id": 2, "expect": 0.6}))
    assert (code, said) == (1, "2: got 0.5, expected 0.6\n1 passed, 1 failed\n")


@pytest.mark.parametrize(("expect", "failed"), [(0.50005, 0), (0.5002, 1), (None, 1), ({}, 1)])
def test_numbers_are_compared_to_four_decimals(vectors, expect, failed):
    code, said = check(vectors({**HALF_WAY, "expect": expect}))
    assert code == failed
    assert said.endswith(f"{1 - failed} passed, {failed} failed\n")


def test_a_key_more_or_less_is_a_difference(vectors):
    rolled = {"id": 3, "fn": "rollup", "input": [1], "expect": {"mean": 1, "min": 1, "of": 1}}
    code, said = check(vectors(rolled))
    assert code == 1
    assert '"measured": 1' in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"fn": "horoscope"}, "no sum is called horoscope"),
        ({"input": {"start": 0, "end": 90}}, "the input lacks 'day'"),
        ({"input": {**HALF_WAY["input"], "day": "noon"}}, "the input does not fit expected"),
    ],
)
def test_a_sum_that_cannot_be_done_is_a_failure_with_its_reason(vectors, change, said):
    code, out = check(vectors({**HALF_WAY, **change}))
    assert code == 1
    assert said in out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "is not JSON"),
        ("{}", "is not a list of vectors"),
        ('[{"id": 1, "fn": "pace"}]', "entry 1 lacks id, fn, input or expect"),
    ],
)
def test_a_file_that_is_not_one_of_vectors_is_named(tmp_path, text, said):
    file = tmp_path / "vectors.json"
    file.write_text(text)
    with pytest.raises(CommandError, match=said):
        check(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"none\.json cannot be read"):
        check(tmp_path / "none.json")
