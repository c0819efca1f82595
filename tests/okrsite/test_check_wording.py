from io import StringIO

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def check(tmp_path):
    def run(text):
        file = tmp_path / "lines.csv"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        out = StringIO()
        try:
            call_command("check_wording", str(file), stdout=out)
        except SystemExit as exit:
            return exit.code, out.getvalue()
        return 0, out.getvalue()

    return run


def test_shares_and_time_are_printed(check):
    code, said = check("text,label,lang\nBuild a tool,output,en\nNPS 45,outcome,en\n")
    assert code == 0
    assert (
        "2 lines\n100.0% of those labelled outcome or output right\n0.0% on the wrong side" in said
    )
    assert "output: precision 100.0%, recall 100.0%" in said
    assert "microseconds a line" in said


def test_a_line_that_differs_is_shown_with_the_words_that_decided(check):
    code, said = check("text,label\nBuild a tool,outcome\n")
    assert code == 1
    assert "outcome, read as output by making (“Build”): Build a tool" in said
    assert "100.0% on the wrong side" in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "needs the columns text and label"),
        ("text,kind\nBuild,output\n", "needs the columns text and label"),
        ("text,label\nBuild a tool,good\n", "line 2: the label is 'good'"),
        (b"text,label\nB\xe4cker,output\n", "is not a CSV in UTF-8"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(check, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        check(text)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"none\.csv cannot be read"):
        call_command("check_wording", str(tmp_path / "none.csv"))
