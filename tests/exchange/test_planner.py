"""What a list would become: no database; what is impossible, what is odd, and what is done then."""

from datetime import date
from decimal import Decimal

import pytest

from apps.exchange import planner, reader
from apps.exchange.plan import Cycle, KeyResult, Objective, Team, World
from apps.exchange.problems import Code
from tests.exchange.making import ROW, files, only, told

TODAY = date(2026, 11, 20)
KR = ROW | {"key_result": "Orders"}
DATED = {"team": "Checkout", "cycle": "2024-Q2", "key_result": "Orders", "date": "2024-05-06"}


def world():
    return World(Team("Lindenmarkt", pk=1), TODAY)


def plan(given=None, /, *, delimiter=",", **rows):
    sheets = reader.read(files(delimiter, **rows))
    given = given or world()
    given.slugs = {name: name.lower() for name in planner.names_of(sheets, "cycle")}
    return planner.plan(sheets, given)


def key_result_of(found):
    assert not found.errors, found.errors
    return found.key_results[0]


# What is impossible


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"objective": ""}, Code.MISSING, "objective"),
        ({"team": " "}, Code.MISSING, "team"),
        ({"cycle": ""}, Code.MISSING, "cycle"),
        ({"cycle": "Spring"}, Code.CYCLE, "cycle"),
        ({"cycle": "9999-Q4"}, Code.CYCLE, "cycle"),
        ({"target": "many"}, Code.NUMBER, "target"),
        ({"baseline": str(2**63)}, Code.NUMBER_TOO_LARGE, "baseline"),
        ({"objective": "o" * 501}, Code.CELL_TOO_LONG, "objective"),
        ({"key_result": "o" * 501}, Code.CELL_TOO_LONG, "key_result"),
        ({"initiative": "o" * 501}, Code.CELL_TOO_LONG, "initiative"),
        ({"team": "o" * 81}, Code.CELL_TOO_LONG, "team"),
        ({"unit": "o" * 21}, Code.CELL_TOO_LONG, "unit"),
        ({"key_result": "", "target": "5"}, Code.MISSING, "key_result"),
        ({"unit": "ordinal", "metric": f"Commit: {'o' * 501} | Target: b | Stretch: c"},
         Code.CELL_TOO_LONG, "metric"),
    ],
)  # fmt: skip
def test_what_is_impossible_in_a_list(change, code, column):
    assert told(plan(okrs=[KR, KR | change]).errors) == [(code, 3, column)]


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"date": ""}, Code.MISSING, "date"),
        ({"date": "6 May"}, Code.DAY, "date"),
        ({"date": "9999-12-31"}, Code.DAY, "date"),
        ({"date": "2026-11-21"}, Code.DAY_TO_COME, "date"),
        ({"value": "x"}, Code.NUMBER, "value"),
        ({"target": "x", "value": "1"}, Code.NUMBER, "target"),
        ({"key_result": "Who?"}, Code.KEY_RESULT_UNKNOWN, "key_result"),
        ({"team": ""}, Code.MISSING, "team"),
        ({"value": ""}, Code.NOTHING_MEASURED, "value"),
        ({"value": "", "zone": "SOSO"}, Code.ZONE, "zone"),
        ({"value": "", "zone": "COMMIT"}, Code.ZONE_WITHOUT_STAGES, "zone"),
        ({"confidence_0_10": "11"}, Code.CONFIDENCE, "confidence_0_10"),
        ({"confidence_0_10": "7.5"}, Code.CONFIDENCE, "confidence_0_10"),
        ({"confidence_0_10": "٣"}, Code.CONFIDENCE, "confidence_0_10"),
    ],
)
def test_what_is_impossible_in_measurements(change, code, column):
    measurements = [DATED | {"value": "3"} | change]
    assert told(plan(okrs=[KR], measurements=measurements).errors) == [(code, 2, column)]


def test_every_error_is_listed_also_beside_another_one():
    rows = [
        KR | {"objective": "", "target": "x", "baseline": "y"},
        KR | {"cycle": "Spring", "unit": "u" * 21},
    ]
    measured = [DATED | {"date": "soon", "value": "x", "key_result": "Who?"}]
    assert told(plan(okrs=rows, measurements=measured).errors) == [
        (Code.NUMBER, 2, "baseline"), (Code.NUMBER, 2, "target"), (Code.MISSING, 2, "objective"),
        (Code.CELL_TOO_LONG, 3, "unit"), (Code.CYCLE, 3, "cycle"),
        (Code.DAY, 2, "date"), (Code.NUMBER, 2, "value"),
        (Code.KEY_RESULT_UNKNOWN, 2, "key_result"),
    ]  # fmt: skip


def test_two_key_results_of_one_title_are_told_apart_by_their_objective():
    rows = [KR, KR | {"objective": "Be kind"}]
    measured = [DATED | {"value": "3"}]
    found = plan(okrs=rows, measurements=measured)
    assert told(found.errors) == [(Code.KEY_RESULT_AMBIGUOUS, 2, "key_result")]
    found = plan(okrs=rows, measurements=[measured[0] | {"objective": "Be kind"}])
    assert [len(kr.new.values) for kr in found.key_results] == [0, 1]


# Nothing is invented


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"baseline": "8", "target": "9"}, "increase"),
        ({"baseline": "2", "target": "1"}, "decrease"),
        ({"target": "90"}, ""),
        ({"baseline": "8"}, ""),
        ({}, ""),
        ({"unit": "ordinal", "metric": "Commit: a | Target: b | Stretch: c"}, "stages"),
        ({"unit": "%", "metric": "Commit: a | Target: b | Stretch: c"}, ""),
    ],
)
def test_the_kind_is_what_start_target_or_stages_say(said, kind):
    assert key_result_of(plan(okrs=[KR | said])).kind == kind


@pytest.mark.parametrize(
    ("baseline", "target", "value", "decimals"),
    [
        ("8", "9", "8", 0),
        ("77.225", "80.225", "78", 3),
        ("0", "1", "0.25", 2),
        ("10", "100", "50", 0),
    ],
)
def test_as_many_decimals_as_its_numbers_have(baseline, target, value, decimals):
    rows = [KR | {"baseline": baseline, "target": target}]
    found = plan(okrs=rows, measurements=[DATED | {"value": value}])
    assert key_result_of(found).decimals == decimals


def test_german_numbers_in_a_german_list():
    rows = [KR | {"baseline": "1.200,5", "target": "2.400"}]
    key_result = key_result_of(plan(okrs=rows, delimiter=";"))
    assert (key_result.baseline, key_result.target) == (Decimal("1200.5"), Decimal(2400))


def test_zones_are_the_stages_of_a_key_result():
    stages = {"unit": "ordinal", "metric": "Commit: a | Target: b | Stretch: c"}
    days = ["2024-05-06", "2024-05-13", "2024-05-20", "2024-05-27"]
    zones = ["FAIL", "commit", "TARGET", "STRETCH"]
    measured = [DATED | {"date": d, "zone": z} for d, z in zip(days, zones, strict=True)]
    key_result = key_result_of(plan(okrs=[KR | stages], measurements=measured))
    assert list(key_result.new.values.values()) == [0, Decimal("0.3"), Decimal("0.7"), 1]
    odd = plan(okrs=[KR | stages], measurements=[DATED | {"value": "0.5"}])
    assert only(odd, Code.STAGE_VALUE).about["allowed"] == "0, 0.3, 0.7, 1"
    both = plan(okrs=[KR | stages], measurements=[DATED | {"value": "0.3", "zone": "FAIL"}])
    assert only(both, Code.VALUE_AND_ZONE).is_error


# What is odd


def parents(tree, okrs=(KR,)):
    found = plan(okrs=okrs, tree=tree)
    assert not found.errors
    return found, {team.name: team.parent.name for team in found.teams}


def test_of_two_parents_the_first_one_of_the_newest_cycle_counts():
    found, above = parents(
        [
            {"cycle": "2024-Q1", "team": "Checkout", "parent_team": "Old"},
            {"cycle": "2024-Q2", "team": "Checkout", "parent_team": "Shop"},
            {"cycle": "2024-Q2", "team": "Checkout", "parent_team": "Web"},
            *({"team": name, "parent_team": ""} for name in ["Old", "Shop", "Web"]),
        ]
    )
    assert above == {
        "Checkout": "Shop", "Old": "Lindenmarkt", "Shop": "Lindenmarkt", "Web": "Lindenmarkt",
    }  # fmt: skip
    assert told(found.warnings) == [
        (Code.TWO_PARENTS, 2, "parent_team"), (Code.TWO_PARENTS, 4, "parent_team"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        ([("Checkout", "Checkout")], Code.OWN_PARENT),
        ([("Checkout", "Nobody knows")], Code.PARENT_UNKNOWN),
        ([("Shop", "Checkout"), ("Checkout", "Shop")], Code.PARENT_IN_CIRCLE),
        ([("A", "Checkout"), ("Checkout", "B"), ("B", "A")], Code.PARENT_IN_CIRCLE),
    ],
)
def test_what_cannot_be_a_parent_leaves_the_team_below_the_root(tree, code):
    found, above = parents([{"team": team, "parent_team": parent} for team, parent in tree])
    assert only(found, code)
    assert "Lindenmarkt" in above.values()


def test_the_organisation_itself_is_the_root_by_either_name():
    rows = [KR | {"org": "Puzzle", "team": "Puzzle"}, KR | {"org": "Puzzle", "team": "Lindenmarkt"}]
    tree = [{"team": "Checkout", "parent_team": "Puzzle"}]
    found = plan(okrs=[*rows, KR], tree=tree)
    assert {team.name: team.parent.name for team in found.teams} == {"Checkout": "Lindenmarkt"}
    assert len(found.objectives) == 2
    assert told(found.warnings) == [(Code.OTHER_ORGANISATION, 2, "org")]


def test_the_last_value_of_a_day_counts():
    measured = [DATED | {"value": v, "confidence_0_10": c} for v, c in [("3", "5"), ("4", "9")]]
    found = plan(okrs=[KR], measurements=measured)
    assert told(found.warnings) == [(Code.TWO_VALUES, 3, "date")]
    numbers = key_result_of(found).new
    assert (list(numbers.values.values()), list(numbers.confidences.values())) == ([4], [9])


def test_an_initiative_on_the_row_of_a_key_result_is_linked_to_it():
    rows = [
        KR | {"initiative": "Call"}, KR | {"key_result": "Visits", "initiative": "Call"},
        ROW | {"initiative": "Write"},
    ]  # fmt: skip
    found = plan(okrs=rows)
    assert told(found.warnings) == [
        (Code.INITIATIVE_LINKED, 2, "initiative"), (Code.INITIATIVE_LINKED, 3, "initiative"),
    ]  # fmt: skip
    linked = {i.title: [kr.title for kr in i.key_results] for i in found.initiatives}
    assert linked == {"Call": ["Orders", "Visits"], "Write": []}


def test_rows_of_one_key_result_complete_each_other_and_the_first_word_counts():
    rows = [KR, KR | {"baseline": "1", "target": "5"}, KR | {"target": "6"}]
    found = plan(okrs=rows)
    assert told(found.warnings) == [(Code.SAID_TWICE, 4, "target")]
    key_result = key_result_of(found)
    assert (key_result.target, key_result.kind) == (5, "increase")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"baseline": "5", "target": "5"}, Code.NO_WAY),
        ({"unit": "ordinal", "metric": "some, more, most"}, Code.STAGES_UNREADABLE),
        ({"owner": "Nobody"}, Code.OWNER_UNKNOWN),
        ({"target": "0.12345678"}, Code.NUMBER_ROUNDED),
        ({"cycle": "FY24-Q2"}, Code.CYCLE_GUESSED),
    ],
)
def test_what_is_odd_is_told_and_taken(change, code):
    found = plan(okrs=[KR | change])
    assert only(found, code).is_error is False
    assert len(found.key_results) == 1


def test_the_file_of_cycles_says_what_a_name_does_not():
    days = [
        {"cycle": "FY20-Q4", "starts": "2019-11-01", "ends": "2020-01-31"},
        {"cycle": "Spring", "starts": "2024-03-01", "ends": "2024-05-31"},
    ]
    found = plan(okrs=[KR | {"cycle": "FY20-Q4"}, KR | {"cycle": "Spring"}], cycles=days)
    assert not found.problems
    assert [cycle.starts for cycle in found.cycles] == [date(2019, 11, 1), date(2024, 3, 1)]
    wrong = [{"cycle": "Spring", "starts": "2024-05-31", "ends": "2024-03-01"}]
    found = plan(okrs=[KR | {"cycle": "Spring"}], cycles=wrong)
    assert {problem.code for problem in found.errors} == {Code.CYCLE_ENDS_TOO_SOON, Code.CYCLE}


# What stands here already


def standing(**changed):
    """Checkout with one imported objective and its key result, in a cycle of this quarter."""
    found = world()
    team = Team("Checkout", parent=found.root, pk=2, is_archived=changed.get("archived", False))
    cycle = Cycle("2024-Q2", "2024-q2", date(2024, 4, 1), date(2024, 6, 30), pk=3,
                  is_open=not changed.get("closed", False))  # fmt: skip
    objective = Objective(team, cycle, "Be quick", pk=4, takes_more=changed.get("takes_more", True))
    key_result = KeyResult(objective, "Orders", target=Decimal(9), pk=5)
    objective.key_results["Orders"] = key_result
    key_result.standing.values[date(2024, 5, 6)] = Decimal(3)
    found.teams, found.cycles = {"Checkout": [team]}, {"2024-q2": cycle}
    found.objectives[team, cycle, "Be quick"] = objective
    return found


def test_what_stands_is_neither_doubled_nor_changed():
    rows = [KR | {"target": "9"}, KR | {"target": "8"}]
    measured = [DATED | {"value": "3"}, DATED | {"date": "2024-05-13", "value": "4"}]
    found = plan(standing(), okrs=rows, measurements=measured)
    assert told(found.problems) == [(Code.KEY_RESULT_STANDS, 3, "target")]
    assert {name: n for name, n in found.counts.items() if n} == {"measurements": 1}


def test_a_number_that_stands_is_not_overwritten():
    found = plan(standing(), okrs=[KR], measurements=[DATED | {"value": "4"}])
    assert told(found.problems) == [(Code.VALUE_STANDS, 2, "value")]
    assert not any(found.counts.values())


def test_only_what_was_imported_takes_more():
    rows = [KR | {"key_result": "Visits"}, ROW | {"initiative": "Call"}]
    measured = [DATED | {"date": "2024-05-13", "value": "4"}]
    found = plan(standing(takes_more=False), okrs=rows, measurements=measured)
    assert told(found.problems) == [
        (Code.OBJECTIVE_STANDS, 2, "key_result"), (Code.OBJECTIVE_STANDS, 3, "initiative"),
        (Code.NOT_IMPORTED, 2, "key_result"),
    ]  # fmt: skip
    assert not any(found.counts.values())


@pytest.mark.parametrize(
    ("state", "code"),
    [({"closed": True}, Code.CYCLE_CLOSED), ({"archived": True}, Code.TEAM_ARCHIVED)],
)
def test_what_is_read_only_takes_nothing(state, code):
    assert not plan(standing(**state), okrs=[KR]).problems  # all of it stands there
    for row in [KR | {"key_result": "Visits"}, KR | {"objective": "Be kind"}]:
        assert [problem.code for problem in plan(standing(**state), okrs=[row]).errors] == [code]
    measured = [DATED | {"date": "2024-05-13", "value": "4"}]
    found = plan(standing(**state), okrs=[KR], measurements=measured)
    assert [problem.code for problem in found.errors] == [code]


def test_a_team_stays_where_it_hangs_and_new_ones_find_their_place():
    tree = [{"team": "Checkout", "parent_team": "Shop"}, {"team": "Pay", "parent_team": "Checkout"}]
    tree.append({"team": "Shop", "parent_team": ""})
    found = plan(standing(), okrs=[KR], tree=tree)
    assert told(found.problems) == [(Code.PARENT_STANDS, 2, "parent_team")]
    assert {team.name: team.parent.name for team in found.teams} == {
        "Pay": "Checkout", "Shop": "Lindenmarkt",
    }  # fmt: skip


def test_two_teams_of_one_name_are_no_one_s():
    given = standing()
    given.teams["Checkout"].append(Team("Checkout", parent=given.root, pk=9))
    assert told(plan(given, okrs=[KR]).errors) == [(Code.TEAM_AMBIGUOUS, 2, "team")]


def test_an_owner_is_found_by_name_or_address():
    given = world()
    given.people = {"ines kaya": [7], "ines@example.org": [7], "tom": [8, 9]}
    rows = [
        KR | {"objective": "A", "owner": "Ines Kaya"},
        KR | {"objective": "B", "owner": "INES@example.org"},
        KR | {"objective": "C", "owner": "Tom"},
        KR | {"objective": "A", "key_result": "B", "owner": "Tom"},
    ]
    found = plan(given, okrs=rows)
    assert [objective.owner for objective in found.objectives] == [7, 7, None]
    assert told(found.warnings) == [
        (Code.OWNER_UNKNOWN, 4, "owner"),
        (Code.OWNER_TWICE, 5, "owner"),
    ]
