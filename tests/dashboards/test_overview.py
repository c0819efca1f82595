from datetime import timedelta

import pytest
from django.urls import reverse

from apps.checkins import actions as checkins
from apps.initiatives import actions as initiatives
from tests.checkins.making import make_sent
from tests.dashboards.making import (
    BEHIND,
    FAR_BEHIND,
    ON_PACE,
    make_goal,
    report,
    text_of,
)
from tests.factories import (
    NOW,
    TODAY,
    CycleFactory,
    KeyResultFactory,
    ObjectiveFactory,
    TeamFactory,
    UserFactory,
    at,
)
from tests.initiatives.making import make_active, make_proposed

pytestmark = pytest.mark.django_db

URL = reverse("dashboards:overview")


def test_it_opens_with_how_things_stand(visit, leader_above, member, key_result):
    report(key_result, member, BEHIND)
    page = text_of(visit(leader_above).get(URL))
    assert "The one key result is not where it should be." in page
    assert "“Checkout conversion rate” is behind." in page
    assert "1 behind" in page
    assert "1 of 1 team checked in" in page
    assert "Week 7 of 13" in page


def test_a_row_tells_number_pace_confidence_and_means(
    visit, leader_above, member, team, key_result
):
    report(key_result, member, BEHIND, confidence=7)
    make_active(team, member, key_result)
    page = text_of(visit(leader_above).get(URL))
    assert "56.4% of 65%" in page
    assert "Behind" in page
    assert "High 7/10" in page
    assert "1 active" in page


def test_number_and_feeling_that_disagree_need_the_leader(visit, leader_above, member, key_result):
    report(key_result, member, BEHIND, confidence=7)
    page = text_of(visit(leader_above).get(URL))
    assert "Number and feeling disagree on Checkout conversion rate" in page
    assert "56.4% is below the expected range, yet the team says 7 of 10." in page
    assert "Open Checkout" in page


def test_help_that_was_asked_of_this_person_comes_first(
    visit, leader_above, leader, member, team, key_result
):
    report(key_result, member, FAR_BEHIND, confidence=3)
    asked = checkins.ask_for_help(
        team=team, text="Give us a second carrier.", asked=leader_above, by_when=TODAY,
        by=member, now=NOW,
    )  # fmt: skip
    page = text_of(visit(leader_above).get(URL))
    assert "Tom Richter (Checkout) asks you for help by Friday, 20 November" in page
    assert "“Give us a second carrier.” Checkout conversion rate: 52.4% today" in page
    # The team's number is told with its request, not once more.
    assert "Checkout conversion rate is far behind" not in page

    other = text_of(visit(leader).get(URL))
    assert "asks you for help" not in other
    assert "Checkout conversion rate is far behind" in other
    assert visit(leader_above).get(URL).content.decode().count(asked.get_absolute_url()) == 1


def test_the_order_of_what_needs_a_leader(visit, leader_above, leader, member, team, objective):
    far = KeyResultFactory(objective=objective, title="Far one")
    stale = KeyResultFactory(objective=objective, title="Silent one")
    alone = KeyResultFactory(objective=objective, title="Lonely one")
    report(stale, member, ON_PACE[:3])
    report(far, member, FAR_BEHIND, confidence=3)
    report(alone, member, BEHIND, confidence=5)
    page = text_of(visit(leader_above).get(URL))
    titles = [
        "Far one is far behind",
        "No number for Silent one since week 3",
        "Behind, and no means changed for four weeks: Lonely one",
    ]
    places = [page.index(title) for title in titles]
    assert places == sorted(places)


LONELY = "Behind, and no means changed for four weeks: Checkout conversion rate"


@pytest.mark.parametrize(
    ("days", "is_flagged"),
    [(28, True), (27, False)],  # four whole weeks, and a day less
)
def test_behind_and_left_alone_begins_after_four_whole_weeks(
    visit, leader_above, team, member, key_result, days, is_flagged
):
    report(key_result, member, BEHIND, confidence=5)
    bet = make_proposed(team, member, key_result)
    initiatives.start(bet, by=member, now=at(TODAY - timedelta(days=days), hour=12))
    page = text_of(visit(leader_above).get(URL))
    assert (LONELY in page) == is_flagged


def test_neither_a_proposal_nor_an_edit_changes_the_means(
    visit, leader_above, team, member, key_result
):
    report(key_result, member, BEHIND, confidence=5)
    make_proposed(team, member, key_result, now=NOW)
    assert LONELY in text_of(visit(leader_above).get(URL))


@pytest.mark.parametrize("verb", ["pause", "kill"])
def test_any_change_of_the_means_takes_the_flag_away(
    visit, leader_above, team, member, key_result, verb
):
    report(key_result, member, BEHIND, confidence=5)
    bet = make_proposed(team, member, key_result)
    initiatives.start(bet, by=member, now=at(TODAY - timedelta(days=30)))
    said = {"pause": {"reason": "Traffic"}, "kill": {"reason": "cost", "learning": "Dear."}}[verb]
    assert LONELY in text_of(visit(leader_above).get(URL))
    getattr(initiatives, verb)(bet, **said, by=member, now=NOW)
    assert LONELY not in text_of(visit(leader_above).get(URL))


def test_on_pace_nobody_has_to_change_anything(visit, leader_above, member, key_result):
    report(key_result, member, ON_PACE, confidence=7)
    assert "no means changed" not in text_of(visit(leader_above).get(URL))


@pytest.mark.parametrize(("days", "is_told"), [(13, True), (14, False)])
def test_means_on_the_move_are_those_of_two_weeks_with_what_they_taught(
    visit, leader_above, team, member, key_result, days, is_told
):
    bet = make_active(team, member, key_result, title="Guest prompt")
    initiatives.kill(
        bet,
        reason="no-effect",
        learning="They leave at the password.",
        by=member,
        now=at(TODAY - timedelta(days=days)),
    )
    page = text_of(visit(leader_above).get(URL))
    assert ("They leave at the password." in page) == is_told


def test_of_more_than_five_needs_the_rest_is_behind_a_link(visit, leader_above, member, objective):
    for n in range(7):
        KeyResultFactory(objective=objective, title=f"Silent {n}")
    page = visit(leader_above)
    some = text_of(page.get(URL))
    assert some.count("No number yet for") == 5
    assert "Show 2 more" in some
    assert text_of(page.get(URL, {"needs": "all"})).count("No number yet for") == 7


def test_only_what_a_person_leads_or_works_on_needs_that_person(
    visit, neighbour, administrator, member, key_result
):
    report(key_result, member, FAR_BEHIND)
    for stranger in (neighbour, administrator):
        page = text_of(visit(stranger).get(URL))
        assert "Needs you" not in page
        assert "Checkout conversion rate" in page
    assert "Needs you" in text_of(visit(member).get(URL))


def test_goals_stand_in_the_leaders_order_or_with_the_worst_first(visit, leader, member, team):
    well = make_goal(team, leader, "Well", title="First goal", position=1)
    bad = make_goal(team, leader, "Bad", title="Second goal", position=2)
    report(well.key_results.get(), member, ON_PACE)
    report(bad.key_results.get(), member, FAR_BEHIND)
    page = visit(leader)
    given = text_of(page.get(URL))
    assert given.index("First goal") < given.index("Second goal")
    sorted_ = page.get(URL, {"sort": "pace"})
    words = text_of(sorted_)
    assert words.index("Second goal") < words.index("First goal")
    assert 'aria-sort="ascending"' in sorted_.content.decode()


def test_a_goal_that_is_well_folds_to_a_line_on_phones(visit, leader, member, team):
    goal = make_goal(team, leader, "One", "Two")
    for key_result in goal.key_results.all():
        report(key_result, member, ON_PACE)
    page = visit(leader).get(URL)
    assert '<details class="fold">' in page.content.decode()
    assert "both key results" in text_of(page)


def test_a_unit_shows_only_its_own_goals(visit, leader, team, other_team, area):
    make_goal(team, leader, "Ours", title="Shop goal")
    make_goal(other_team, leader, "Theirs", title="Fulfilment goal")
    page = visit(leader)
    shop = text_of(page.get(URL, {"unit": area.slug}))
    assert "Shop goal" in shop
    assert "Fulfilment goal" not in shop
    assert page.get(URL, {"unit": "nowhere"}).status_code == 404
    empty = TeamFactory(name="Empty", slug="empty", parent=area)
    assert "Empty has no goals in this cycle." in text_of(page.get(URL, {"unit": empty.slug}))


def test_twenty_objectives_a_page(visit, leader, team):
    for n in range(21):
        make_goal(team, leader, f"Number {n}", title=f"Goal {n:02}", position=n)
    page = visit(leader)
    first = page.get(URL)
    assert first.content.decode().count('class="goalblock"') == 20
    assert "Page 1 of 2" in text_of(first)
    second = page.get(URL, {"page": 2})
    assert "Goal 20" in text_of(second)
    assert page.get(URL, {"page": "nonsense"}).status_code == 200


def test_another_cycle_is_one_link_away(visit, leader, objective, key_result):
    next_one = CycleFactory(
        slug="2027-q1", name="First quarter 2027", starts="2027-01-04", ends="2027-04-04",
        input_opens=None, input_closes=None, state="input",
    )  # fmt: skip
    page = visit(leader)
    assert "?cycle=2027-q1" in page.get(URL).content.decode()
    other = text_of(page.get(URL, {"cycle": next_one.slug}))
    assert "Checkout conversion rate" not in other
    assert page.get(URL, {"cycle": "1999-q1"}).status_code == 404


def test_goals_in_the_making_are_found_by_those_who_may_read_them(
    visit, leader, neighbour, team, key_result
):
    ObjectiveFactory(
        team=team, cycle=CycleFactory(), owner=leader, title="A first thought", state="draft"
    )
    ObjectiveFactory(
        team=team, cycle=CycleFactory(), owner=leader, title="A second thought", state="input",
        input_until=TODAY,
    )  # fmt: skip
    ours = text_of(visit(leader).get(URL))
    assert "A first thought Checkout, Fourth quarter 2026: Draft" in ours
    assert "open for input until 20 November" in ours
    theirs = text_of(visit(neighbour).get(URL))
    assert "A first thought" not in theirs
    assert "A second thought" in theirs


def test_means_on_the_move(visit, leader, member, team, key_result):
    initiative = make_active(team, member, key_result, title="Guest prompt")
    initiatives.kill(
        initiative, reason="no-effect", learning="Guests leave at the password.", by=member, now=NOW
    )
    page = text_of(visit(leader).get(URL))
    assert "Killed Guest prompt Guests leave at the password. Checkout, today" in page
    assert "Means: 1 killed, 1 started this cycle" in page


def test_check_ins_are_dots_with_words(visit, leader, member, key_result):
    make_sent(key_result, member)
    page = visit(leader).get(URL).content.decode()
    assert "week 6 missed, week 7 on time" in page


def test_without_goals_a_leader_is_told_how_to_begin(visit, leader, cycle):
    page = visit(leader).get(URL)
    assert "No goals yet" in text_of(page)
    assert "Start with one objective." in text_of(page)
    assert reverse("objectives:draft") in page.content.decode()


def test_without_goals_others_are_not_offered_to_write_one(visit, member, cycle):
    page = visit(member).get(URL)
    assert "No goals yet" in text_of(page)
    assert reverse("objectives:draft") not in page.content.decode()


def test_without_any_cycle(visit, leader, organisation):
    assert "An administrator opens one." in text_of(visit(leader).get(URL))


def test_without_any_team(visit, organisation):
    assert "No goals yet" in text_of(visit(UserFactory(is_administrator=True)).get(URL))
