"""Alignment and autonomy: what people say, what the record shows, and who sees which."""

import re
from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.alignment import actions
from apps.alignment.models import PulseRound
from apps.organisation.models import User
from tests.alignment.intent import make_briefing, make_given
from tests.alignment.making import answer, close, make_members, make_open
from tests.factories import NOW, TODAY, KeyResultFactory, TeamFactory, UserFactory
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db
MATRIX = "/matrix/"


@pytest.fixture
def held(administrator, area, team, cycle, key_result) -> PulseRound:
    """Four of Checkout are sure and free, four of Payments neither; one in Search says nothing."""
    payments = TeamFactory(name="Payments", slug="payments", parent=area)
    search = TeamFactory(name="Search", slug="search", parent=area)
    sure, unsure, few = make_members(team, 4), make_members(payments, 4), make_members(search, 1)
    pulse_round = make_open(administrator, until=TODAY)
    answer(pulse_round, team, sure, (6, 5, 5, 6))
    answer(pulse_round, payments, unsure, (2, 2, 2, 2))
    answer(pulse_round, search, few, (1, 1, 1, 1))
    close(pulse_round, administrator, day=date(2026, 11, 20))
    return pulse_round


def main(page: str) -> str:
    """Without the rail, which names every team."""
    return page[page.index("<main") :]


def cells(page: str, team: str) -> list[str]:
    """The row of a team, as read."""
    [row] = [row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if f">{team}</a>" in row]
    texts = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", text).split()) for text in texts]


def test_a_leader_of_all_sees_every_team_by_name(visit, leader_above, held):
    page = visit(leader_above).get(MATRIX).content.decode()
    assert "1 of 2 teams is sure of the goals and free in the means." in page
    assert cells(page, "Checkout") == [
        "1 Checkout", "90 ± 0", "0", "90 ± 0", "100", "91", "Aligned and autonomous",
    ]  # fmt: skip
    assert cells(page, "Payments") == [
        "2 Payments", "20 ± 0", "–", "20 ± 0", "–", "–", "Task by task",
    ]  # fmt: skip
    assert cells(page, "Search")[1] == "1 answer: not shown"
    names = re.findall(r'<th scope="row">.*?/record/">([^<]+)</a>', page)
    assert names[:3] == ["Checkout", "Payments", "Search"]  # never a ranking


def test_the_picture_says_in_words_what_it_shows(visit, leader_above, held):
    page = visit(leader_above).get(MATRIX).content.decode()
    [label] = re.findall(r'role="img" aria-label="([^"]*alignment[^"]*)"', page)
    assert label == (
        "Checkout: alignment 90, autonomy 90. Aligned and autonomous. "
        "The record is 91 points apart from that. "
        "Payments: alignment 20, autonomy 20. Task by task."
    )


def test_what_the_record_shows_stands_beside_it_and_the_longest_line_is_told(
    visit, leader_above, held, team, key_result
):
    member = User.objects.filter(teamgrant__content_object=team).first()
    make_active(team, member, key_result)
    page = visit(leader_above).get(MATRIX).content.decode()
    # 1 of 1 is linked, 0 of 1 has a fresh value: 50; proposed inside, moved unopposed, unamended
    assert cells(page, "Checkout") == [
        "1 Checkout", "90 ± 0", "50", "90 ± 0", "100", "41", "Aligned and autonomous",
    ]  # fmt: skip
    assert "Checkout: why the line is long" in page
    assert "Live initiatives linked to a committed key result" in page


def test_two_things_to_talk_about_for_each_corner_where_somebody_stands(visit, leader_above, held):
    page = visit(leader_above).get(MATRIX)
    assertContains(page, "Which of the goals above can your work be seen in?")
    assertContains(page, "Who could learn from you, and how would they see it?")
    assertNotContains(page, "Which of your rules could become one constraint")


def test_a_member_sees_the_own_team_and_nobody_elses(visit, team, held):
    member = User.objects.filter(teamgrant__content_object=team).first()
    page = visit(member).get(MATRIX).content.decode()
    assert "Checkout: alignment 90, autonomy 90." in page
    assert "Payments" not in main(page)
    assert visit(member).get(f"{MATRIX}?team=payments").status_code == 404
    assert visit(member).get(f"{MATRIX}?team=shop").status_code == 404


def test_who_leads_an_area_sees_it_and_what_is_below(visit, area, other_team, held):
    leyla = UserFactory(name="Leyla Demir", leads=area)
    page = visit(leyla).get(MATRIX).content.decode()
    assert "Alignment and autonomy: Shop" in page
    assert "Delivery" not in main(page)
    assert cells(page, "Shop")[1] == "would give a small team away: not shown"


def test_an_administrator_as_such_sees_no_pulse(visit, administrator, observer, held):
    for person in (administrator, observer):
        page = visit(person).get(MATRIX).content.decode()
        assert "The pulse of a team is seen by its people" in page
        assert "Payments" not in main(page)
    assertContains(visit(administrator).get(MATRIX), "/pulse/")


def test_an_open_round_shows_nothing(visit, administrator, team, leader_above, cycle):
    people = make_members(team, 5)
    pulse_round = make_open(administrator)
    answer(pulse_round, team, people)
    page = visit(leader_above).get(MATRIX)
    assertContains(page, "No round of the pulse has closed in this cycle or before it.")
    assertNotContains(page, "5 answers")


def test_a_trail_leads_from_the_rounds_before(visit, administrator, team, leader_above, cycle):
    people = make_members(team, 4)
    for mood in [(2, 2, 2, 2), (3, 3, 3, 3), (5, 5, 5, 5)]:
        pulse_round = make_open(administrator, until=TODAY)
        answer(pulse_round, team, people, mood)
        close(pulse_round, administrator, day=TODAY)
    drawn = visit(leader_above).get(MATRIX).content.decode()
    assert drawn.count('class="trail"') == 2
    assert cells(drawn, "Checkout")[1] == "80 ± 0before: 40, 20"


def test_there_is_nothing_to_take_away_and_no_order_but_by_name(visit, leader_above, held):
    for address in ("?sort=pace", "?format=csv", "?export=1"):
        page = visit(leader_above).get(MATRIX + address)
        assert page["Content-Type"].startswith("text/html")
        assert cells(page.content.decode(), "Checkout")[0] == "1 Checkout"


def test_in_german_the_numbers_stay_where_they_are(visit, leader_above, held):
    leader_above.language = "de"
    leader_above.save()
    page = visit(leader_above).get(MATRIX).content.decode()
    assert not re.search(r'\b(?:c?[xy]|[xy][12]|d[xy]|r)="[^"]*,', page)


@pytest.mark.parametrize("n", [1, 6, 40, 300])
def test_as_many_teams_as_there_are_cost_the_same_queries(
    visit, administrator, leader_above, area, cycle, n, django_assert_max_num_queries
):
    for number in range(n):
        TeamFactory(name=f"Team {number:03}", parent=area)
    visitor = visit(leader_above)
    with django_assert_max_num_queries(12):
        page = visitor.get(MATRIX)
    assert page.content.decode().count("not asked") >= n


# -- The record ----------------------------------------------------------------------------------


def test_each_indicator_is_listed_with_its_sum_and_its_rows(visit, member, team, key_result, cycle):
    make_active(team, member, key_result, title="Amazon sign-in")
    page = visit(member).get(reverse("dashboards:record", args=[team.slug])).content.decode()
    assert "Live initiatives linked to a committed key result: 1 of 1" in page
    assert "Key results with a fresh value: 0 of 1" in page
    assert "Amazon sign-in" in page
    assert "Alignment: 50 of 100" in page
    assert "Autonomy: 100 of 100" in page
    assert "Backbrief accepted on the current revision: nothing to count yet" in page


def test_each_team_that_works_on_a_briefed_goal_owes_an_answer_once(
    visit, member, leader, team, objective, key_result
):
    """It reports two key results of it and is named by the briefing besides."""
    KeyResultFactory(objective=objective, team=team)
    make_active(team, member, key_result)
    make_briefing(objective, leader, team)
    record = reverse("dashboards:record", args=[team.slug])
    page = visit(member).get(record).content.decode()
    assert "Backbrief accepted on the current revision: 0 of 1" in page
    actions.accept_backbrief(make_given(objective, team, member), by=leader, now=NOW)
    page = visit(member).get(record).content.decode()
    assert "Backbrief accepted on the current revision: 1 of 1" in page
    assert "Goals not amended from above in mid-cycle: 1 of 1" in page
    row = re.search(r"<th scope=\"row\">Fourth quarter 2026</th>.*?</tr>", page, re.DOTALL)
    assert "0 of 1" in row[0]  # amended from above: the same sum as above


def test_autonomy_over_time_has_a_row_a_cycle(visit, member, team, key_result, cycle):
    make_active(team, member, key_result)
    page = visit(member).get(reverse("dashboards:record", args=[team.slug])).content.decode()
    row = re.search(r"<th scope=\"row\">Fourth quarter 2026</th>.*?</tr>", page, re.DOTALL)
    assert [" ".join(cell.split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row[0])] == [
        "1 of 1", "1", "–", "0 of 1",
    ]  # fmt: skip
