import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from apps.initiatives.models import Initiative, Status
from apps.objectives.models import KeyResult, Measurement, Objective
from apps.organisation.models import Team, User
from okrsite.benchmark.measuring import measure
from okrsite.benchmark.organisation import Made, build
from okrsite.benchmark.pages import pages
from okrsite.benchmark.size import SIZES
from tests.factories import NOW, TODAY

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small(db):
    return build(SIZES["small"], now=NOW, tell=lambda *told: None)


def test_small_is_six_teams_with_something_of_everything(small):
    assert Team.objects.count() == 6
    assert User.objects.count() == 60
    assert Objective.objects.count() == 8
    assert KeyResult.objects.count() == 24
    assert Measurement.objects.count() == small["Measurement"] == 24 * 13
    found = set(Initiative.objects.values_list("status", flat=True))
    assert found == set(Status.values) - {Status.DECLINED}


def test_what_comes_afterwards_gets_numbers_of_its_own(small):
    assert Team.objects.create(name="New", slug="new", parent_id=1, ancestor_ids=[1]).pk == 7


def test_large_is_as_large_as_it_was_promised():
    made = Made(SIZES["large"], NOW)
    assert len(made.teams) == 1_111
    assert made.size.people == 10_000
    assert len(made.objectives) == 3_000
    assert len(made.key_results) == 9_000
    assert len(made.bets) == 20_000
    first_area = made.teams[1].pk
    in_area = [o for o in made.objectives if first_area in [o.team_id, *o.team.ancestor_ids]]
    assert len(in_area) == 200


def test_a_team_of_the_first_area_is_as_large_in_both(db):
    sizes = [Made(SIZES[name], NOW) for name in ("small", "large")]
    of_a_team = [
        (
            sum(o.team_id == made.leaves[0].pk for o in made.objectives),
            sum(k.team_id == made.leaves[0].pk for k in made.key_results),
            sum(b.key_result.team_id == made.leaves[0].pk for b in made.bets),
        )
        for made in sizes
    ]
    assert of_a_team[0] == of_a_team[1]


@pytest.mark.urls("okrsite.benchmark.urls")
def test_each_page_is_measured_beside_its_floors(small):
    names = []
    for page in pages(TODAY):
        found = measure(page, requests=2)
        names.append(found.page)
        assert found.median > 0
        assert found.of_sql > 0
        assert found.of_nothing > 0
        if not page.is_sent:
            assert found.queries <= 12
            assert found.bytes_compressed < found.bytes_raw
    assert names == [
        "my week", "overview, whole", "overview of an area", "team", "objective", "key result",
        "teams", "people", "check-in, sent",
    ]  # fmt: skip


def benchmark(page):
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{connection.settings_dict['NAME']}"
    ran = subprocess.run(
        [sys.executable, "manage.py", "benchmark", "--json", "--requests", "2", "--page", page],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, capture_output=True, text=True,
        timeout=240, check=True,
    )  # fmt: skip
    return json.loads(ran.stdout)


@pytest.mark.django_db(transaction=True)
def test_all_teams_send_their_check_in_at_once_and_none_is_lost():
    told = benchmark("at once")
    assert told["pages"] == []
    rush = told["rush"]
    assert (rush["teams"], rush["clients"], rush["errors"]) == (3, 20, 0)
    assert rush["check_ins"] == 3
    assert rush["numbers_written"] == rush["numbers_sent"] == 3 * 6
    assert 0 < rush["median"] <= rush["at_99_percent"]


@pytest.mark.django_db(transaction=True)
def test_the_command_leaves_nothing_but_figures():
    told = benchmark("team")
    assert told["rush"] is None
    assert told["size"] == "small"
    assert told["rows"]["Team"] == 6
    assert [page["page"] for page in told["pages"]] == ["team", "teams"]
    assert {"median", "at_95_percent", "queries", "of_sql", "of_nothing"} <= told["pages"][0].keys()
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE '%%benchmark%%'")
        assert (f"{connection.settings_dict['NAME']}_benchmark_small",) not in cursor.fetchall()
    assert not Team.objects.exists()
