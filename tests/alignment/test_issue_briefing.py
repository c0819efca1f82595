"""A briefing: kept as a draft, issued as a revision that stands."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.alignment import actions
from apps.alignment.models import Backbrief, BackbriefState, Briefing, BriefingState
from apps.objectives.models import Objective
from apps.organisation.models import OutboxMessage, User
from tests.alignment.at_once import at_once
from tests.alignment.intent import INTENT, make_briefing, make_contribution, make_given
from tests.factories import NOW, ObjectiveFactory, TeamFactory, UserFactory
from tests.objectives.making import make_draft

pytestmark = pytest.mark.django_db

WORDS = {"intent": INTENT, "context": "Most leave.", "freedoms": "Every means.", "version": "0"}


def url_of(objective):
    return f"/objectives/{objective.pk}/briefing/"


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_a_leader_issues_it_and_everyone_reads_it(request, visit, objective, team, observer, who):
    person = request.getfixturevalue(who)
    visitor = visit(person)
    assertContains(visitor.get(objective.get_absolute_url()), url_of(objective))

    response = visitor.send(
        url_of(objective),
        {**WORDS, "task_0": "Guests pay.", "task_2": "Failures say why.", "main_effort": "3",
         "teams": team.pk, "then": "issue"},
    )  # fmt: skip

    assertRedirects(response, f"{objective.get_absolute_url()}#briefing")
    stored = Briefing.objects.get()
    assert (stored.number, stored.state, stored.issued_by) == (1, "issued", person)
    assert (stored.tasks, stored.main_task) == (
        ["Guests pay.", "Failures say why."], "Failures say why.",
    )  # fmt: skip
    page = visit(observer).get(objective.get_absolute_url())
    assertContains(page, INTENT)
    assertContains(page, "Revision 1, issued on 20 November")
    assertContains(page, "<b>Main effort.</b>", count=1)


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_nobody_else_does(request, visit, objective, who):
    visitor = visit(request.getfixturevalue(who))
    assertNotContains(visitor.get(objective.get_absolute_url()), url_of(objective))
    response = visitor.send(url_of(objective), {**WORDS, "then": "issue"})
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    assert not Briefing.objects.exists()


def test_a_draft_is_kept_for_the_leaders_and_nobody_is_told(visit, objective, leader, member):
    visit(leader).send(url_of(objective), WORDS)
    stored = Briefing.objects.get()
    assert stored.state == BriefingState.DRAFT
    assertContains(visit(leader).get(objective.get_absolute_url()), "Go on with the draft")
    assertContains(visit(leader).get(url_of(objective)), INTENT)
    assertNotContains(visit(member).get(objective.get_absolute_url()), INTENT)
    assert not OutboxMessage.objects.filter(kind="briefing.issued").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"intent": " "}, "Say in one sentence what you want, and why."),
        ({"intent": "x" * 5000}, "at most 4000 characters"),
        ({"main_effort": "2"}, "Say what the main effort is, or choose none."),
        ({"main_effort": "99"}, "Select a valid choice"),
        ({"others": "Nobody knows it"}, "No team is called “Nobody knows it”."),
        ({"teams": "999999"}, "Select a valid choice"),
    ],
)
def test_bad_words_stay_in_the_form(visit, objective, leader, typed, sentence):
    said = {**WORDS, "then": "issue", **typed}
    response = visit(leader).send(url_of(objective), said)
    assertContains(response, sentence, status_code=422)
    assertContains(response, "Most leave.", status_code=422)
    assert not Briefing.objects.exists()


def test_other_teams_are_found_by_name(visit, objective, leader, other_team):
    visit(leader).send(url_of(objective), {**WORDS, "others": "delivery\n", "then": "issue"})
    assert list(Briefing.objects.get().teams.all()) == [other_team]


def test_what_two_leaders_write_at_once_is_not_lost(
    visit, objective, leader, leader_above, other_team
):
    theirs = {**WORDS, "intent": "Theirs.", "others": other_team.name}
    visit(leader_above).send(url_of(objective), theirs)
    response = visit(leader).send(url_of(objective), {**WORDS, "intent": "Mine."})
    assertContains(response, "Stored now: Theirs.", status_code=409)
    assertContains(response, "Stored now: Delivery", status_code=409)  # the teams they ask
    assertContains(response, "Mine.", status_code=409)
    assert Briefing.objects.get().intent == "Theirs."


def test_a_form_drawn_before_a_newer_revision_is_a_conflict(visit, objective, leader, leader_above):
    make_briefing(objective, leader_above)
    response = visit(leader).send(url_of(objective), {**WORDS, "intent": "Old.", "then": "issue"})
    assert response.status_code == 409
    assert Briefing.objects.count() == 1


def test_the_same_form_twice_issues_once(visit, objective, leader):
    visitor = visit(leader)
    body = {**WORDS, "then": "issue", "once": visitor.new_key(url_of(objective))}
    for _time in range(2):
        visitor.post(url_of(objective), body)
    assert Briefing.objects.count() == 1


def test_a_new_revision_supersedes_the_old_and_shows_what_changed(visit, objective, leader):
    make_briefing(objective, leader, context="Up to €10,000.", tasks=["Guests."])
    make_briefing(objective, leader, context="Up to €20,000.", tasks=["Guests.", "Phones."])
    assert list(Briefing.objects.values_list("number", "state")) == [
        (1, "superseded"), (2, "issued"),
    ]  # fmt: skip
    page = visit(leader).get(f"{url_of(objective)}revisions/")
    assertContains(page, "Up to <del>€10,000.</del> <ins>€20,000.</ins>", html=False)
    assertContains(page, "<ins>Phones.</ins>")
    assertContains(
        visit(leader).get(f"{url_of(objective)}revisions/?new=1&old=1"), "Up to €10,000."
    )
    assert visit(leader).get(f"{url_of(objective)}revisions/?new=7").status_code == 404


def test_a_private_draft_of_an_objective_briefs_nobody(team, cycle, leader):
    draft = make_draft(team, cycle, by=leader)
    with pytest.raises(ValidationError, match="Only its leaders read this draft"):
        make_briefing(draft, leader)


@pytest.mark.parametrize("state", ["closed", "abandoned", "withdrawn"])
def test_a_goal_that_has_ended_is_briefed_no_more(visit, team, cycle, leader, state):
    by = {"committed_by": None, "committed_at": None} if state == "withdrawn" else {}
    ended = ObjectiveFactory(team=team, cycle=cycle, owner=leader, state=state, **by)
    with pytest.raises(ValidationError, match="has ended"):
        make_briefing(ended, leader)


# -- one main effort


def test_a_team_has_one_main_effort_in_a_cycle(visit, objective, team, cycle, leader):
    make_briefing(objective, leader, tasks=["Guests pay."], main_effort=1)
    other = ObjectiveFactory(team=team, cycle=cycle, owner=leader, title="Another goal")
    response = visit(leader).send(
        url_of(other), {**WORDS, "task_0": "Phones.", "main_effort": "1", "then": "issue"}
    )
    assertContains(response, "has a main effort in Fourth quarter 2026 already", status_code=422)
    assertContains(response, "“Guests pay.”", status_code=422)
    assert not Briefing.objects.filter(objective=other).exists()

    make_briefing(objective, leader, tasks=["Guests pay."])  # given up there, free here
    make_briefing(other, leader, tasks=["Phones."], main_effort=1)


@pytest.mark.django_db(transaction=True)
def test_two_leaders_do_not_claim_a_main_effort_at_once(
    objective, team, cycle, leader, leader_above
):
    other = ObjectiveFactory(team=team, cycle=cycle, owner=leader)

    def claim(goal: int, person: int) -> Callable[[], object]:
        def act() -> object:
            return make_briefing(
                Objective.objects.get(pk=goal), User.objects.get(pk=person), tasks=["Guests pay."],
                main_effort=1,
            )  # fmt: skip

        return act

    ends = at_once(claim(objective.pk, leader.pk), claim(other.pk, leader_above.pk))

    [refused] = [end for end in ends if end != "done"]
    assert "has a main effort in Fourth quarter 2026 already" in refused
    assert Briefing.objects.filter(main_effort_of=team).count() == 1
    assert Briefing.objects.count() == 1  # of whoever came second nothing is kept


def test_a_goal_that_ended_holds_no_main_effort(objective, team, cycle, leader):
    make_briefing(objective, leader, tasks=["Guests pay."], main_effort=1)
    type(objective).objects.filter(pk=objective.pk).update(state="abandoned")
    other = ObjectiveFactory(team=team, cycle=cycle, owner=leader)
    make_briefing(other, leader, tasks=["Phones."], main_effort=1)
    assert Briefing.objects.get(main_effort_of=team).objective == other


def test_the_database_holds_it_too(objective, team, cycle, leader):
    make_briefing(objective, leader, tasks=["Guests pay."], main_effort=1)
    other = ObjectiveFactory(team=team, cycle=cycle, owner=leader)
    second = make_briefing(other, leader, tasks=["Phones."])
    with pytest.raises(DatabaseError), transaction.atomic():
        Briefing.objects.filter(pk=second.pk).update(
            main_effort_of=team, main_effort_in=cycle, main_effort=1
        )


# -- what the database forbids


@pytest.mark.parametrize("changed", [{"intent": "Another."}, {"number": 9}, {"state": "draft"}])
def test_what_was_issued_never_changes(objective, leader, changed):
    briefing = make_briefing(objective, leader)
    with pytest.raises(DatabaseError), transaction.atomic():
        Briefing.objects.filter(pk=briefing.pk).update(**changed)


def test_nor_do_the_teams_that_it_asked(objective, leader, other_team):
    briefing = make_briefing(objective, leader)
    with pytest.raises(DatabaseError), transaction.atomic():
        briefing.teams.add(other_team)


def test_one_revision_is_issued_at_a_time(objective, leader):
    briefing = make_briefing(objective, leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        Briefing.objects.create(
            objective=objective, number=2, state="issued", intent="Two.", drafted_by=leader,
            drafted_at=NOW, issued_by=leader, issued_at=NOW,
        )  # fmt: skip
    assert list(Briefing.objects.issued()) == [briefing]


# -- who is asked, and what becomes of answers


def test_forty_teams_are_asked_with_the_same_few_queries(
    visit, root, cycle, leader_above, django_assert_max_num_queries
):
    objective = ObjectiveFactory(team=root, cycle=cycle, owner=leader_above, title="All of us")
    teams = [TeamFactory(name=f"Team {n:02}", parent=root) for n in range(40)]
    leaders = [UserFactory(leads=team) for team in teams]
    make_briefing(objective, leader_above, *teams)
    for team, person in list(zip(teams, leaders, strict=True))[:30]:
        make_given(objective, team, person)
    make_briefing(objective, leader_above, *teams)  # all thirty are stale now
    make_given(objective, teams[0], leaders[0])

    assert OutboxMessage.objects.filter(kind="briefing.issued").count() == 80
    assert Backbrief.objects.filter(state=BackbriefState.STALE).count() == 29
    visitor = visit(leader_above)
    for url in [objective.get_absolute_url(), f"/objectives/{objective.pk}/backbriefs/", "/map/"]:
        with django_assert_max_num_queries(12):
            page = visitor.get(url)
        assert page.status_code == 200
    page = visit(leader_above).get(f"/objectives/{objective.pk}/backbriefs/")
    assertContains(page, "1 of 40 teams have answered this revision; 0 accepted.")
    assertContains(page, "Stale, answers revision 1", count=29)
    assertContains(page, "Not answered", count=10)


def test_higher_intent_comes_from_the_objectives_above(
    visit, objective, area, root, cycle, leader, leader_above
):
    above = ObjectiveFactory(team=area, cycle=cycle, owner=leader_above, title="A shop of choice")
    ObjectiveFactory(team=root, cycle=cycle, owner=leader_above, title="Stay independent")
    make_briefing(above, leader_above, intent="Grow on those we have.")
    page = visit(leader).get(url_of(objective))
    assertContains(page, "Shop: Grow on those we have.")
    assertContains(page, "Lindenmarkt: Stay independent")


def test_a_contribution_says_what_is_above_before_the_tree_does(
    visit, objective, area, cycle, other_team, neighbour, leader, leader_above
):
    ObjectiveFactory(team=area, cycle=cycle, owner=leader_above, title="By the tree")
    beside = ObjectiveFactory(team=other_team, cycle=cycle, owner=neighbour, title="On time")
    make_contribution(objective, beside, leader)
    page = visit(leader).get(url_of(objective))
    assertContains(page, "Delivery: On time")
    assertNotContains(page, "By the tree")


def test_where_nothing_stands_above_it_says_so(visit, root, cycle, leader_above):
    objective = ObjectiveFactory(team=root, cycle=cycle, owner=leader_above)
    page = visit(leader_above).get(url_of(objective))
    assertContains(page, "No objective stands one level above.")


def test_a_member_dismissed_meanwhile_issues_nothing(objective, leader):
    leader.teamgrant_set.all().delete()
    with pytest.raises(Exception, match="Only leaders of Checkout"):
        make_briefing(objective, type(leader).objects.get(pk=leader.pk))


def test_actions_and_pages_keep_the_same_draft(objective, leader):
    words = actions.Words(intent="First.")
    first = actions.write_briefing(objective, words, by=leader, now=NOW)
    second = make_briefing(objective, leader)
    assert (first.pk, first.number) == (second.pk, second.number)
