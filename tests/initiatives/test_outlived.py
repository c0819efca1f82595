"""An initiative whose goals are over is linked to a goal that goes on, by its team."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from apps.initiatives.models import Initiative
from tests.everywhere.reading import Page
from tests.factories import TODAY, CycleFactory, KeyResultFactory, ObjectiveFactory, bring
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db


@pytest.fixture
def outlived(team, member, key_result, cycle):
    made = make_active(team, member, key_result, title="Amazon sign-in")
    bring(cycle, "closed")
    return made


@pytest.fixture
def next_goal(team, leader):
    cycle = CycleFactory(
        slug="next", name="Next", state="running", starts=date(2026, 11, 1), ends=date(2027, 4, 4)
    )
    objective = ObjectiveFactory(team=team, cycle=cycle, owner=leader)
    return KeyResultFactory(objective=objective, title="Next conversion")


def test_its_team_links_it_to_a_goal_that_goes_on(visit, outlived, next_goal, key_result, member):
    assert list(Initiative.objects.outlived(TODAY)) == [outlived]
    url, visitor = reverse("initiatives:edit", args=[outlived.pk]), visit(member)
    page = visitor.get(url)
    assertContains(page, "Next conversion")
    typed = Page(page.content.decode()).form_for(url)
    free = next(n for n in ["key_result_1", "key_result_2"] if not typed.get(n))
    answer = visitor.post(url, typed | {free: next_goal.pk})
    assert answer.status_code == 302
    linked = outlived.links.order_by("pk").values_list("key_result", flat=True)
    assert list(linked) == [key_result.pk, next_goal.pk]
    assert not Initiative.objects.outlived(TODAY).exists()
    outlived.refresh_from_db()
    assert outlived.is_active


def test_one_without_any_goal_or_one_that_ended_waits_for_nobody(team, member, outlived):
    outlived.links.all().delete()
    assert not Initiative.objects.outlived(TODAY).exists()
