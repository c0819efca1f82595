import pytest
from django.db.models import Q

from apps.notices.glances import glances
from apps.notices.rows import Row, with_all_a_row_shows
from apps.objectives.models import Cycle, KeyResult
from okrsite.benchmark.organisation import build
from okrsite.benchmark.size import SIZES
from okrsite.example.build import build as build_example
from tests.dashboards.making import BEHIND, report
from tests.factories import NOW, TODAY
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db


def decided(row):
    """What counting, sorting and picking go by."""
    reading = row.reading
    told = (row.state, reading.sort_rank, reading.last_week, reading.holds, row.confidence)
    return row.key_result.pk, *told, row.disagrees, row.means_rest(TODAY)


def compare(key_results):
    whole = [Row.of(found, today=TODAY) for found in with_all_a_row_shows(key_results)]
    seen = glances(key_results, Cycle.objects.all(), today=TODAY)
    assert whole
    assert [decided(row) for row in seen] == [decided(row) for row in whole]


def test_a_glance_decides_as_the_whole_row_does(team, member, key_result):
    report(key_result, member, BEHIND, confidence=7)
    make_active(team, member, key_result)
    compare(KeyResult.objects.all())


def test_it_does_so_all_over_the_example(db):
    build_example(NOW)
    compare(KeyResult.objects.filter(~Q(objective__state="draft")))


def test_it_does_so_all_over_the_benchmark(db):
    build(SIZES["small"], now=NOW, tell=lambda *told: None)
    compare(KeyResult.objects.all())
