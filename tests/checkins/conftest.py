import pytest
from django.urls import reverse

from tests.checkins.making import WEEK


@pytest.fixture
def url(team):
    """This week's check-in of the team."""
    return reverse("checkins:check_in", args=[team.slug, WEEK])


@pytest.fixture
def draft_url(team):
    return reverse("checkins:save_draft", args=[team.slug, WEEK])


@pytest.fixture
def reported(team, leader, leader_above, cycle, key_result):
    """A team with one key result, and two leaders whom it can ask."""
    return key_result
