"""What holds for each page here: few queries, few bytes, no markup out of what people type."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from apps.checkins import actions as checkins
from apps.objectives import actions as objectives
from okrsite.static import one_sheet
from tests.dashboards.making import (
    BEHIND,
    LONG_GERMAN,
    make_crowd,
    make_goal,
    report,
    text_of,
)
from tests.factories import NOW, TODAY, KeyResultFactory, ObjectiveFactory, UserFactory
from tests.initiatives.making import make_active, make_paused, make_proposed

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
FIRST_LOAD = 60 * 1024
HOSTILE = '<script>alert("1")</script>{{ 7 }}\'"><img src=x onerror=alert(1)>'


def pages(key_result: Any) -> dict[str, str]:
    goal = key_result.objective
    return {
        "my week": reverse("dashboards:my_week"),
        "overview": reverse("dashboards:overview"),
        "overview of a unit": reverse("dashboards:overview") + "?unit=shop&sort=pace&needs=all",
        "teams": reverse("dashboards:teams"),
        "team": key_result.team.get_absolute_url(),
        "unit": reverse("dashboards:team", args=["shop"]),
        "objective": goal.get_absolute_url(),
        "key result": key_result.get_absolute_url(),
    }


def fill(team: Any, leader: Any, member: Any, key_result: Any, *, numbers: range) -> None:
    """Everything a page lists, so many times."""
    for n in numbers:
        goal = make_goal(team, leader, f"Key result {n}", position=n + 1)
        other = goal.key_results.get()
        make_active(team, member, key_result, title=f"Active {n}")
        make_paused(team, member, other, title=f"Paused {n}")
        make_proposed(team, member, key_result, title=f"Proposed {n}")
        asked = checkins.ask_for_help(
            team=team, text=f"Help {n}", asked=leader, by_when=TODAY, by=member, now=NOW
        )
        if n % 2:
            checkins.answer_help(asked, answer="Yes.", by=leader, now=NOW)
        objectives.measure(other, day=TODAY, value=other.baseline + 1, by=member, now=NOW)
        objectives.set_constraint(
            sentence=f"Limit {n}", reason="Why", team=team, by=leader, now=NOW
        )
        waiting = ObjectiveFactory(
            team=team, cycle=goal.cycle, owner=leader, state="input", input_until=TODAY
        )
        objectives.give_input(waiting, unclear=f"Unclear {n}", by=member, now=NOW)


def count(page: Any, url: str, counting: Any) -> int:
    with counting(100) as found:
        response = page.get(url)
    assert response.status_code == 200
    told = "\n".join(query["sql"][:160] for query in found)
    assert len(found) <= MOST_QUERIES, f"{url}\n{told}"
    return len(found)


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_as_many_queries_for_many_rows_as_for_one(
    request, visit, who, leader, member, team, area, key_result, django_assert_max_num_queries
):
    page = visit(request.getfixturevalue(who))
    report(key_result, member, BEHIND, sentence="What changed.")
    fill(team, leader, member, key_result, numbers=range(1))
    few = {
        name: count(page, url, django_assert_max_num_queries)
        for name, url in pages(key_result).items()
    }
    fill(team, leader, member, key_result, numbers=range(1, 6))
    make_crowd(area, leader, teams=10)
    many = {
        name: count(page, url, django_assert_max_num_queries)
        for name, url in pages(key_result).items()
    }
    assert few == many


def test_queries_of_an_objective_in_the_making(
    visit, leader, member, team, cycle, django_assert_max_num_queries
):
    waiting = ObjectiveFactory(
        team=team, cycle=cycle, owner=leader, state="input", input_until=TODAY
    )
    page, seen = visit(leader), []
    for _ in range(2):
        KeyResultFactory(objective=waiting)
        person = UserFactory(works_in=team)
        objectives.ask(waiting, people=[person], by=leader, now=NOW)
        objectives.give_input(waiting, unclear="What?", by=person, now=NOW)
        seen.append(count(page, waiting.get_absolute_url(), django_assert_max_num_queries))
    assert seen[0] == seen[1]


def test_the_first_load_of_a_full_page_is_light(visit, leader, member, team, area, key_result):
    report(key_result, member, BEHIND, sentence="What changed.")
    fill(team, leader, member, key_result, numbers=range(4))
    # As many as a page shows: twenty objectives of three key results, each with its drawings.
    make_crowd(area, leader, teams=20)
    page = visit(leader)
    for url in pages(key_result).values():
        html = page.get(url).content
        rest = re.findall(r'(?:href|src)="/static/([^"]+)"', html.decode())
        size = packed(html) + sum(packed(served(name)) for name in rest)
        assert size <= FIRST_LOAD, f"{url}: {size} bytes"


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def served(name: str) -> bytes:
    """Hashed names are made of the plain ones; the sheet is collected into one."""
    found = finders.find(re.sub(r"\.[0-9a-f]{12}\.", ".", name))
    assert found, name
    return one_sheet(Path(found)).encode()


def test_what_people_type_stays_text(visit, leader, member, team, cycle):
    team.name = HOSTILE[:80]
    team.decides_alone = HOSTILE
    team.save()
    leader.name = HOSTILE[:80]
    leader.save()
    goal = make_goal(team, leader, HOSTILE, title=HOSTILE, why=HOSTILE, not_doing=HOSTILE)
    key_result = goal.key_results.get()
    type(key_result).objects.update(
        metric=HOSTILE, measured_by=HOSTILE, unit_kind="free", unit="<b>"
    )
    key_result.refresh_from_db()
    report(key_result, member, BEHIND, sentence=HOSTILE)
    make_active(team, member, key_result, title=HOSTILE)
    checkins.ask_for_help(team=team, text=HOSTILE, asked=leader, by_when=TODAY, by=member, now=NOW)
    objectives.set_constraint(sentence=HOSTILE, reason=HOSTILE, team=team, by=leader, now=NOW)
    for person in (leader, member):
        page = visit(person)
        for name, url in pages(key_result).items():
            if name == "overview of a unit" or name == "unit":
                continue
            html = page.get(url).content.decode()
            assert "<img src=x" not in html, name
            assert "<script>alert" not in html, name
            assert 'onerror=alert(1)>"' not in html, name


def test_in_german_every_drawing_keeps_its_points(visit, leader, member, team, area, key_result):
    leader.language = "de"
    leader.save()
    report(key_result, member, BEHIND, sentence="Der Hinweis wirkt nicht.")
    make_active(team, member, key_result)
    page = visit(leader)
    for name, url in pages(key_result).items():
        html = page.get(url).content.decode()
        assert '<html lang="de"' in html
        for drawing in re.findall(r"<svg\b.*?</svg>", html, flags=re.S):
            for attribute, value in re.findall(
                r'\b(x|y|x1|x2|y1|y2|cx|cy|r|width|height|dx|dy)="([^"]*)"', drawing
            ):
                assert "," not in value, (name, attribute, value)
        assert "56,4" in html or name in {"teams"}, name


def test_long_compound_words_and_many_key_results(visit, leader, member, team, cycle):
    goal = make_goal(team, leader, title=LONG_GERMAN[:160])
    for n in range(12):
        key_result = KeyResultFactory(objective=goal, title=f"{n} {LONG_GERMAN}"[:160])
        objectives.measure(key_result, day=TODAY, value=key_result.baseline, by=member, now=NOW)
    for name, url in pages(key_result).items():
        if name in {"unit", "overview of a unit"}:
            continue
        page = visit(leader).get(url)
        assert page.status_code == 200
        if name != "teams":
            assert "überwachungsverfahrensverbesserungs" in text_of(page)


@pytest.mark.parametrize("name", ["my_week", "overview", "teams"])
def test_in_an_empty_organisation_each_page_stands(visit, organisation, name):
    page = visit(UserFactory(is_administrator=True)).get(reverse(f"dashboards:{name}"))
    assert page.status_code == 200
