"""What is new and what is gone between two texts."""

import pytest

from apps.alignment import marked
from apps.alignment.difference import Kind, lines, words
from apps.alignment.models import Briefing

SAME, GONE, NEW = Kind.SAME, Kind.GONE, Kind.NEW


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("One two.", "One two.", [(SAME, "One two.")]),
        ("", "All new", [(NEW, "All new")]),
        ("All gone", "", [(GONE, "All gone")]),
        (
            "up to €10,000 a quarter",
            "up to €20,000 a quarter",
            [(SAME, "up to"), (GONE, " €10,000"), (NEW, " €20,000"), (SAME, " a quarter")],
        ),
        (
            "Most leave. Habits are set.",
            "Most leave. On phones more. Habits are set.",
            [(SAME, "Most leave."), (NEW, " On phones more."), (SAME, " Habits are set.")],
        ),
        # One word that stayed between two changes is read as part of one change.
        ("a b c d", "x b y d", [(GONE, "a b c"), (NEW, "x b y"), (SAME, " d")]),
        ("a  b", "a\nb", [(SAME, "a\nb")]),
    ],
)
def test_words(old, new, pieces):
    assert [tuple(piece) for piece in words(old, new)] == pieces


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the quick brown fox", "a slow brown bear jumps"),
        ("one two three four five six", "six five four three two one"),
        ("Straße öffnen", "Straße schließen und öffnen"),
    ],
)
def test_either_text_comes_back_from_the_pieces(old, new):
    pieces = words(old, new)
    kept = "".join(text for kind, text in pieces if kind != GONE)
    before = "".join(text for kind, text in pieces if kind != NEW)
    assert kept.split() == new.split()
    assert before.split() == old.split()


def test_lines_that_were_changed_show_their_words_and_others_come_and_go():
    found = lines(
        ["Members find gift cards.", "A payment that fails says why."],
        ["Guests pay as easily.", "A payment that fails says what to do."],
    )
    assert [[tuple(piece) for piece in line] for line in found] == [
        [(GONE, "Members find gift cards.")],
        [(NEW, "Guests pay as easily.")],
        [(SAME, "A payment that fails says"), (GONE, " why."), (NEW, " what to do.")],
    ]


def test_long_texts_are_compared_at_once():
    old = " ".join(f"word{n}" for n in range(700))
    assert len(words(old, old.replace("word350", "other"))) == 4


def briefing(**said):
    return Briefing(**{"intent": "Be fast.", **said})


def test_marks_begin_and_end_with_a_word_and_nothing_is_trusted():
    shown = marked.between(
        briefing(context="up to <b>10</b> now"), briefing(context="up to <i>20</i> now")
    )
    assert shown.context == (
        "up to <del>&lt;b&gt;10&lt;/b&gt;</del> <ins>&lt;i&gt;20&lt;/i&gt;</ins> now"
    )


def test_the_main_effort_is_named_at_its_task():
    old = briefing(tasks=["Members first."], main_effort=1)
    new = briefing(tasks=["Guests first.", "Failures say why."], main_effort=2)
    assert [(str(task.words), task.is_main) for task in marked.between(old, new).tasks] == [
        ("<del>Members</del> <ins>Guests</ins> first.", False),
        ("<ins>Failures say why.</ins>", True),
    ]
    assert [task.is_main for task in marked.whole(new).tasks] == [False, True]
