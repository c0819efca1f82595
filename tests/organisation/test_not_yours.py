import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db


def test_who_may_not_is_led_to_those_who_can(visit, team, leader, member, leader_above, key_result):
    url = reverse("initiatives:kill", args=[make_active(team, member, key_result).pk])
    page = visit(leader_above).get(url)
    assertContains(page, "Only Checkout can do this", status_code=403)
    assertContains(page, f'href="{team.get_absolute_url()}"', status_code=403)
    assertContains(page, "Write to Ines Kaya", status_code=403)
    assertContains(page, f'href="mailto:{leader.email}"', status_code=403)
    assertNotContains(page, "Write to Tom Richter", status_code=403)


def test_what_no_team_decides_leads_to_the_administrators(visit, root, leader, administrator):
    page = visit(leader).get(reverse("organisation:invite"))
    assertContains(page, "Only an administrator can do this", status_code=403)
    assertContains(page, f'href="mailto:{administrator.email}"', status_code=403)
    assertContains(page, 'href="/"', status_code=403)
