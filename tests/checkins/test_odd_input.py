"""What nobody types by mistake: answered in words, and nothing is stored."""

import pytest
from pytest_django.asserts import assertContains

from apps.checkins.models import CheckIn
from apps.objectives.models import Measurement
from tests.checkins.making import WEEK, typed
from tests.factories import KeyResultFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db

GIVEN = {"value": "56.4", "confidence": "7", "sentence": "The hint is live."}


@pytest.fixture
def foreign(other_team, cycle, leader_above):
    goal = ObjectiveFactory(team=other_team, cycle=cycle, owner=leader_above)
    return KeyResultFactory(objective=goal, team=other_team, title="Parcels in time")


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_a_number_for_a_key_result_of_another_team_is_refused(
    visit, member, reported, foreign, url, htmx
):
    body = typed(reported, **GIVEN) | {f"value-{foreign.pk}": "5", f"confidence-{foreign.pk}": "5"}
    response = visit(member).send(url, body, htmx=htmx)
    assertContains(
        response, "Not asked for here, or no longer, so it would not be sent: “5”", status_code=422
    )
    assertContains(response, "The hint is live.", status_code=422)
    assert not Measurement.objects.exists()
    assert not CheckIn.objects.submitted().exists()


@pytest.mark.parametrize("name", ["value", "sentence", "in_the_way", "help"])
def test_a_hundred_thousand_characters_are_answered_at_the_field(
    visit, member, reported, url, name
):
    body = typed(reported, **GIVEN | {name: "x" * 100_000})
    field = f"{name}-{reported.pk}" if name in {"value", "sentence"} else name
    response = visit(member).send(url, body)
    assertContains(response, f'id="id_{field}_error"', status_code=422)
    assert response.content.decode().count("x" * 100_000) >= 1
    assert not CheckIn.objects.filter(week=WEEK).submitted().exists()
