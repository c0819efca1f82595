import csv
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains

from apps.checkins import actions as checkins
from apps.objectives import actions as objectives
from tests.dashboards.making import BEHIND, FAR_BEHIND, report, text_of
from tests.factories import NOW, STARTS, TODAY, KeyResultFactory, ObjectiveFactory, at
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db


def test_the_sentence_and_why(visit, member, key_result):
    report(key_result, member, BEHIND, sentence="The prompt shows no effect.")
    page = text_of(visit(member).get(key_result.get_absolute_url()))
    assert "Behind 56.4% today, 58.6% expected. If the last 6 values go on like this" in page
    assert "Unlikely as things go." in page
    assert "From 52% to 65%" in page
    assert "Why this figure?" in page
    assert "(56.4 − 52) / (65 − 52) = 0.338" in page
    assert "The median of the slopes between all pairs of the last 6 values" in page
    assert "High 7/10 The prompt shows no effect. Tom Richter, 20 November" in page


def test_a_correction_stands_above_what_it_replaces(visit, member, key_result):
    wrong = objectives.measure(
        key_result, day=date(2026, 11, 13), value=84, by=member, now=at(date(2026, 11, 13))
    )
    objectives.correct(wrong, value=55, reason="Lost parcels were counted.", by=member, now=NOW)
    page = visit(member).get(key_result.get_absolute_url())
    words = text_of(page)
    assert "13 Nov 55% correction Tom Richter Lost parcels were counted." in words
    assert "13 Nov 84% by hand Tom Richter Replaced on 20 Nov." in words
    assert words.index("55% correction") < words.index("84% by hand")
    assert "<s>84%</s>" in page.content.decode()


def test_a_number_from_before_the_cycle_says_so(visit, member, key_result):
    objectives.measure(key_result, day=date(2026, 9, 25), value=51, by=member, now=NOW)
    assert "Before the cycle." in text_of(visit(member).get(key_result.get_absolute_url()))


@pytest.mark.parametrize(
    ("who", "measures", "amends", "proposes"),
    [
        ("leader", True, True, True),
        ("member", True, False, True),
        ("leader_above", False, True, False),
        ("neighbour", False, False, False),
        ("observer", False, False, False),
        ("administrator", False, False, False),
    ],
)
def test_each_button_where_its_post_would_be_allowed(
    request, visit, member, team, key_result, who, measures, amends, proposes
):
    report(key_result, member, ["52.4"])
    measurement = key_result.measurements.get()
    page = visit(request.getfixturevalue(who)).get(key_result.get_absolute_url()).content.decode()
    assert (f'action="{reverse("objectives:measure", args=[key_result.pk])}"' in page) is measures
    assert (reverse("objectives:correct", args=[measurement.pk]) in page) is measures
    assert (reverse("objectives:amend_target", args=[key_result.pk]) in page) is amends
    propose = reverse("initiatives:propose", args=[team.slug]) + f"?key_result={key_result.pk}"
    assert (propose in page) is proposes


def test_the_means_of_every_team_stand_under_the_line(
    visit, member, team, other_team, neighbour, key_result
):
    make_active(team, member, key_result, title="Ours")
    make_active(other_team, neighbour, key_result, title="Theirs")
    page = visit(member).get(key_result.get_absolute_url()).content.decode()
    assert "Initiatives on this key result: Ours, active; Theirs, active" in page


def test_an_amendment_is_a_step_with_its_reason(visit, leader, member, key_result):
    report(key_result, member, FAR_BEHIND)
    objectives.amend_target(
        key_result, target=Decimal(60), reason="Storm week.", by=leader, now=NOW
    )
    page = text_of(visit(leader).get(key_result.get_absolute_url()))
    assert "Target amended on 20 November." in page
    assert "60%, was 65%" in page
    assert "“Storm week.” Ines Kaya" in page


def test_open_help_of_its_team(visit, member, leader_above, team, key_result):
    checkins.ask_for_help(
        team=team, text="A second carrier", asked=leader_above, by_when=TODAY, by=member, now=NOW
    )
    page = text_of(visit(member).get(key_result.get_absolute_url()))
    assert "Tom Richter asks Mara Petersen, by 20 November “A second carrier”" in page


def test_in_the_first_week_the_first_check_in_is_named(visit, member, key_result):
    with time_machine.travel(at(STARTS), tick=False):
        page = text_of(visit(member).get(key_result.get_absolute_url()))
    assert "The first check-in is on Friday. Start value: 52%." in page


def test_nothing_measured_is_no_zero(visit, member, key_result):
    page = text_of(visit(member).get(key_result.get_absolute_url()))
    assert "No number yet. Start value: 52%." in page
    assert "The team has not said yet." in page
    assert "0% of" not in page


@pytest.mark.parametrize(
    "gap",
    [
        {"baseline": None},
        {"target": None},
        {"baseline": None, "target": None},
        {"baseline": None, "baseline_by": TODAY},
        {"unit": "", "metric": "", "measured_by": ""},
        {"kind": "milestone", "baseline": None, "target": None, "due": TODAY, "unit": ""},
        {
            "kind": "stages", "baseline": None, "target": None, "unit": "",
            "stage_commit": "One city", "stage_target": "Three", "stage_stretch": "All",
        },
        {"kind": "within", "baseline": None, "target": None, "low": 52, "high": 60},
        {"effect_from": date(2026, 12, 1)},
        {"kind": "decrease", "baseline": 10, "target": 4},
    ],
)  # fmt: skip
def test_whatever_is_missing_every_page_stands(visit, leader, member, team, objective, gap):
    words = {"objective": objective, "bound_low": None, "bound_high": None, **gap}
    key_results = [KeyResultFactory(**words), KeyResultFactory(**words)]
    objectives.measure(key_results[1], day=TODAY, value=Decimal(1), by=member, now=NOW)
    page = visit(leader)
    for url in (
        *[key_result.get_absolute_url() for key_result in key_results],
        objective.get_absolute_url(),
        team.get_absolute_url(),
        reverse("dashboards:overview"),
    ):
        response = page.get(url)
        assert response.status_code == 200
        assert "Key result" in text_of(response)


def test_one_of_a_draft_is_read_by_those_who_may(visit, leader, neighbour, team, cycle):
    draft = ObjectiveFactory(team=team, cycle=cycle, owner=leader, state="draft")
    key_result = KeyResultFactory(objective=draft)
    page = visit(leader).get(key_result.get_absolute_url())
    assert "Not committed to yet." in text_of(page)
    assert reverse("objectives:edit_key_result", args=[key_result.pk]) in page.content.decode()
    assert visit(neighbour).get(key_result.get_absolute_url()).status_code == 404


def test_a_wrong_slug_finds_the_page(visit, member, key_result):
    assert visit(member).get(f"/key-results/{key_result.pk}-other/").status_code == 200
    assert visit(member).get("/key-results/999999-nothing/").status_code == 404


def test_its_numbers_go_out_as_a_list(visit, key_result, member, neighbour):
    objectives.measure(
        key_result, day=date(2026, 9, 25), value=Decimal(51), note="August", by=member, now=NOW
    )
    first = objectives.measure(
        key_result, day=TODAY, value=Decimal("56.4"), note="=cmd|x", by=member, now=NOW
    )
    objectives.correct(first, value=Decimal("55.4"), reason="Misread.", by=member, now=NOW)
    url = f"/key-results/{key_result.pk}/numbers.csv"
    assertContains(visit(neighbour).get(key_result.get_absolute_url()), url)
    response = visit(neighbour).get(url)
    assert response["Content-Disposition"] == (
        f'attachment; filename="key-result-{key_result.pk}.csv"'
    )
    rows = list(csv.DictReader(response.content.decode().splitlines()))
    assert [(row["date"], row["value"], row["counts"], row["note"]) for row in rows] == [
        ("2026-09-25", "51", "history", "August"),
        ("2026-11-20", "56.4", "replaced", "'=cmd|x"),
        ("2026-11-20", "55.4", "yes", "Misread."),
    ]
    assert [row["target"] for row in rows] == ["", "65", "65"]
    assert rows[2]["expected_low"] == "57.344444"


@pytest.mark.parametrize(
    ("fields", "value", "sentence"),
    [
        ({}, None, "unknown: it has no number in this cycle yet. That is not 0%."),
        ({"baseline": None}, 55, "unknown, for the road has no two ends: start value missing."),
        ({"kind": "milestone", "due": date(2026, 12, 4)}, 1, "yes = 1"),
        ({"kind": "milestone", "due": date(2026, 12, 4)}, None, "0 until 4 December, 1 from then"),
        ({"kind": "stages"}, "0.7", "target = 0.7"),
        ({}, 40, "<dt>Shown as</dt><dd>0</dd>"),
        ({}, 70, "<dt>Shown as</dt><dd>1</dd>"),
    ],
)
def test_every_figure_can_be_asked_why(visit, objective, member, fields, value, sentence):
    key_result = KeyResultFactory(objective=objective, **fields)
    if value is not None:
        objectives.measure(key_result, day=TODAY, value=Decimal(value), by=member, now=NOW)
    page = visit(member).get(key_result.get_absolute_url())
    assertContains(page, "Why this figure?")
    assertContains(page, sentence)
