"""A backbrief in every state, and what each relation to the teams may do with it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.alignment import actions
from apps.alignment.models import Backbrief, BackbriefMove, BackbriefState
from apps.notices.waiting import Whose, gather
from apps.organisation.models import Team, User
from tests.alignment.intent import make_briefing, make_given
from tests.factories import NOW, TODAY, KeyResultFactory, ObjectiveFactory, TeamFactory, UserFactory
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db

SAID = {"understood": "Guests first.", "needs": "Decline codes.", "number": "1", "version": "0"}
CAST = ["member", "leader", "leader_above", "neighbour", "observer", "administrator"]


@pytest.fixture
def goal(root, cycle, leader_above, team):
    """Of the root, briefed to the team."""
    objective = ObjectiveFactory(team=root, cycle=cycle, owner=leader_above, title="A great shop")
    make_briefing(objective, leader_above, team)
    return objective


def url_of(goal, team):
    return f"/objectives/{goal.pk}/backbriefs/{team.slug}/"


def in_state(state, goal, team, member, leader_above):
    """Brought there by the actions."""
    if state == "none":
        return None
    if state == BackbriefState.DRAFT:
        return actions.write_backbrief(goal, team, understood="Half.", by=member, now=NOW)
    given = make_given(goal, team, member)
    match state:
        case BackbriefState.ACCEPTED:
            actions.accept_backbrief(given, by=leader_above, now=NOW)
        case BackbriefState.RETURNED:
            actions.return_backbrief(given, comment="Not that.", by=leader_above, now=NOW)
        case BackbriefState.STALE:
            make_briefing(goal, leader_above, team, intent="Something else, in order to live.")
    given.refresh_from_db()
    return given


TEAMS_TURN = {"none", "draft", "returned", "stale"}


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("state", ["none", "draft", "given", "accepted", "returned", "stale"])
def test_every_state_by_every_relation(
    request, visit, goal, team, member, leader, leader_above, state, who
):
    """Who may write it, who may answer it; the buttons stand exactly there."""
    backbrief = in_state(state, goal, team, member, leader_above)
    version = backbrief.version if backbrief else 0
    visitor = visit(request.getfixturevalue(who))
    page = visitor.get(goal.get_absolute_url()).content.decode()
    standing = visitor.get(f"/objectives/{goal.pk}/backbriefs/").content.decode()

    may_write = who in {"member", "leader"} and state in TEAMS_TURN
    assert (url_of(goal, team) in page) is may_write
    number = "2" if state == "stale" else "1"
    sent = visitor.send(
        url_of(goal, team), {**SAID, "number": number, "version": version, "then": "give"}
    )
    if may_write:
        assert sent.status_code == 302
        assert Backbrief.objects.get().state == BackbriefState.GIVEN
    else:
        refused = 422 if who in {"member", "leader"} else 403
        assert sent.status_code == refused
        assert [row.state for row in Backbrief.objects.all()] == ([] if not backbrief else [state])
    if backbrief is None:
        return

    may_answer = who == "leader_above" and state == "given"
    for verb in ["accept", "return"]:
        url = f"/backbriefs/{backbrief.pk}/{verb}/"
        assert (url in standing) is may_answer
        typed = {"version": version, "comment": "A word."}
        with transaction.atomic():
            answered = visitor.send(url, typed)
            transaction.set_rollback(True)
        if may_answer:
            assertRedirects(
                answered, f"/objectives/{goal.pk}/backbriefs/#team-checkout",
                fetch_redirect_response=False,
            )  # fmt: skip
        elif not may_write:
            assert answered.status_code == (422 if who == "leader_above" else 403)


def test_what_is_given_is_read_by_everyone_and_siblings(
    visit, goal, team, member, other_team, neighbour, leader_above
):
    make_briefing(goal, leader_above, team, other_team)
    make_given(goal, team, member, gives_up="The gift cards.")
    page = visit(neighbour).get(url_of(goal, other_team))
    assertContains(page, "Siblings read it, you read theirs:")
    page = visit(neighbour).get(f"/objectives/{goal.pk}/backbriefs/")
    assertContains(page, "The gift cards.")


def test_a_draft_is_shared_by_the_team_and_by_nobody_else(
    visit, goal, team, member, leader, leader_above
):
    response = visit(member).send(url_of(goal, team), {**SAID, "then": "draft"})
    assertRedirects(response, url_of(goal, team))
    assertContains(visit(leader).get(url_of(goal, team)), "Guests first.")
    page = visit(leader_above).get(f"/objectives/{goal.pk}/backbriefs/")
    assertNotContains(page, "Guests first.")
    assertContains(page, "Not answered")


def test_two_of_a_team_do_not_overwrite_each_other(visit, goal, team, member, leader):
    visit(leader).send(url_of(goal, team), {**SAID, "understood": "Theirs."})
    response = visit(member).send(url_of(goal, team), {**SAID, "understood": "Mine."})
    assertContains(response, "Stored now: Theirs.", status_code=409)
    assertContains(response, "Mine.", status_code=409)


def test_an_answer_to_an_older_revision_is_a_conflict_and_keeps_its_words(
    visit, goal, team, member, leader_above
):
    make_briefing(goal, leader_above, team, intent="Another thing, in order to live.")
    visitor = visit(member)
    response = visitor.send(url_of(goal, team), {**SAID, "then": "give"})
    assertContains(response, "Guests first.", status_code=409)
    assertContains(response, "Another thing, in order to live.", status_code=409)
    assertContains(response, 'name="number" value="2"', status_code=409)
    assert not Backbrief.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"understood": " "}, "Say in your own words what you understood."),
        ({"understood": "x" * 5000}, "at most 4000 characters"),
        ({"will_do": "999999"}, "Select a valid choice"),
    ],
)
def test_bad_words_stay_in_the_form(visit, goal, team, member, typed, sentence):
    response = visit(member).send(url_of(goal, team), {**SAID, "then": "give", **typed})
    assertContains(response, sentence, status_code=422)
    assertContains(response, "Decline codes.", status_code=422)
    assert not Backbrief.objects.exists()


def test_what_it_will_do_is_picked_from_its_own_initiatives(
    visit, goal, team, member, other_team, neighbour, key_result
):
    own = make_active(team, member, key_result, title="Amazon sign-in")
    foreign = make_active(other_team, neighbour, key_result, title="Lockers")
    with pytest.raises(ValidationError, match="initiatives of your own team"):
        make_given(goal, team, member, will_do=[foreign, own])
    page = visit(member).get(url_of(goal, team))
    assertContains(page, "Amazon sign-in, active")
    assertNotContains(page, "Lockers")
    visit(member).send(url_of(goal, team), {**SAID, "will_do": own.pk, "then": "give"})
    assert BackbriefMove.objects.get(to_state="given").will_do == [own.pk]
    assertContains(visit(member).get(f"/objectives/{goal.pk}/backbriefs/"), "Amazon sign-in")


def test_a_team_that_does_not_work_on_it_answers_nothing(goal, other_team, neighbour):
    with pytest.raises(ValidationError, match="does not work on this objective"):
        make_given(goal, other_team, neighbour)


def test_teams_that_report_bet_or_contribute_are_asked_without_being_named(
    visit, root, cycle, leader_above, team, member, other_team, neighbour
):
    goal = ObjectiveFactory(team=root, cycle=cycle, owner=leader_above)
    key_result = KeyResultFactory(objective=goal, team=other_team)
    make_active(team, member, key_result)
    make_briefing(goal, leader_above)
    make_given(goal, team, member)
    make_given(goal, other_team, neighbour)
    assert Backbrief.objects.count() == 2


def test_what_was_given_stands_while_it_is_written_anew(visit, goal, team, member, leader_above):
    given = make_given(goal, team, member, understood="The old words.")
    actions.return_backbrief(given, comment="Fewer questions.", by=leader_above, now=NOW)
    actions.write_backbrief(goal, team, understood="The new words.", by=member, now=NOW)
    page = visit(leader_above).get(goal.get_absolute_url())
    assertContains(page, "The old words.")
    assertContains(page, "Checkout is writing it anew.")
    assertNotContains(page, "The new words.")
    make_given(goal, team, member, understood="The new words.")
    page = visit(leader_above).get(goal.get_absolute_url())
    assertContains(page, "The new words.")
    assertNotContains(page, "Fewer questions.")


def test_stale_says_which_revision_and_marks_what_is_new(visit, goal, team, member, leader_above):
    make_given(goal, team, member)
    make_briefing(goal, leader_above, team, intent="Make paying easy, in order that all stay.")
    page = visit(member).get(url_of(goal, team))
    assertContains(page, "You answered revision 1.")
    assertContains(page, "<ins>all stay.</ins>")
    assertContains(page, "Struck: gone.")


def test_the_history_is_never_changed(goal, team, member):
    make_given(goal, team, member)
    with pytest.raises(DatabaseError), transaction.atomic():
        BackbriefMove.objects.update(understood="Other words.")


@pytest.mark.parametrize("to", ["accepted", "returned", "stale"])
def test_the_database_knows_the_moves(goal, team, member, to):
    backbrief = actions.write_backbrief(goal, team, understood="Half.", by=member, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Backbrief.objects.filter(pk=backbrief.pk).update(state=to)


# -- answered


@pytest.mark.parametrize("htmx", [True, False])
def test_the_leader_accepts_with_a_word(visit, goal, team, member, leader_above, htmx):
    given = make_given(goal, team, member)
    url = f"/backbriefs/{given.pk}/accept/"
    visitor = visit(leader_above)
    asked = visitor.get_htmx(url) if htmx else visitor.get(url)
    assertContains(asked, "Yes, that is what I meant")
    assert (b"<html" in asked.content) is not htmx
    response = visitor.send(url, {"version": given.version, "comment": "I ask Legal."}, htmx=htmx)
    if htmx:
        assertContains(response, "I ask Legal.")
    given.refresh_from_db()
    assert given.state == BackbriefState.ACCEPTED
    assertContains(visit(member).get(goal.get_absolute_url()), "I ask Legal.")


@pytest.mark.parametrize("htmx", [True, False])
def test_returned_needs_a_word(visit, goal, team, member, leader_above, htmx):
    given = make_given(goal, team, member)
    url = f"/backbriefs/{given.pk}/return/"
    response = visit(leader_above).send(url, {"version": given.version, "comment": " "}, htmx=htmx)
    assertContains(response, "Say what you meant instead.", status_code=422)
    given.refresh_from_db()
    assert given.state == BackbriefState.GIVEN


def test_an_answer_to_words_that_were_given_anew_is_a_conflict(
    visit, goal, team, member, leader_above
):
    given = make_given(goal, team, member)
    seen = given.version
    actions.return_backbrief(given, comment="No.", by=leader_above, now=NOW)
    make_given(goal, team, member, understood="Anew.")
    url = f"/backbriefs/{given.pk}/accept/"
    response = visit(leader_above).send(url, {"version": seen, "comment": "Good."})
    assertContains(response, "Good.", status_code=409)
    assert Backbrief.objects.get().state == BackbriefState.GIVEN


# -- waiting


def waits(person):
    person.forget_standing()
    whose = Whose(User.objects.get(pk=person.pk), TODAY, None)
    return [(one.title, one.text) for one in gather(whose) if "ackbrief" in one.title]


def test_it_waits_for_the_one_whose_turn_it_is_and_says_how_long(
    root, cycle, team, member, leader_above
):
    goal = ObjectiveFactory(team=root, cycle=cycle, owner=leader_above)
    make_briefing(goal, leader_above, team, now=NOW - timedelta(days=3))
    assert waits(leader_above) == []
    assert waits(member) == [
        ("Checkout: give your backbrief", "Revision 1, by Mara Petersen. Waiting for 3 days.")
    ]
    given = make_given(goal, team, member, now=NOW - timedelta(days=2))
    assert waits(member) == []
    assert waits(leader_above) == [
        ("Checkout has given its backbrief", "Is that what you meant? Waiting for 2 days.")
    ]
    actions.return_backbrief(given, comment="No.", by=leader_above, now=NOW)
    assert waits(leader_above) == []
    assert [title for title, _text in waits(member)] == ["Checkout: your backbrief came back"]
    given = make_given(goal, team, member)
    actions.accept_backbrief(given, by=leader_above, now=NOW)
    assert waits(member) == waits(leader_above) == []
    make_briefing(goal, leader_above, team)
    [(title, _text)] = waits(member)
    assert title == "Checkout: the briefing has changed; your backbrief is stale"


def test_the_leader_sees_on_one_page_who_has_answered_and_who_waits(
    visit, root, cycle, team, member, other_team, leader_above
):
    goal = ObjectiveFactory(team=root, cycle=cycle, owner=leader_above)
    make_briefing(goal, leader_above, team, other_team, now=NOW - timedelta(days=4))
    make_given(goal, team, member, now=NOW - timedelta(days=1))
    page = visit(leader_above).get(f"/objectives/{goal.pk}/backbriefs/")
    assertContains(page, "1 of 2 teams have answered this revision; 0 accepted.")
    assertContains(page, "1 team has still to answer. The longest wait is 4 days (Delivery).")
    assertContains(page, "1 answer waits for its leaders. The longest wait is 1 day (Checkout).")
    assertContains(page, "Waits for the team for 4 days.")


# -- a team that moves


def test_a_team_moved_to_another_branch_still_answers_and_the_goals_leaders_still_decide(
    visit, goal, team, area, member, leader_above, other_team
):
    new_leader = UserFactory(leads=other_team.parent)
    old_leader = UserFactory(leads=area)
    actions.write_backbrief(goal, team, understood="Half.", by=member, now=NOW)
    Team.objects.filter(pk=team.pk).update(
        parent=other_team.parent, ancestor_ids=other_team.ancestor_ids
    )
    moved = Team.objects.get(pk=team.pk)
    given = make_given(goal, moved, member)
    for person in [new_leader, old_leader]:
        response = visit(person).send(f"/backbriefs/{given.pk}/accept/", {"version": given.version})
        assertContains(response, "Only leaders of Lindenmarkt", status_code=403)
    actions.accept_backbrief(given, by=leader_above, now=NOW)
    assert Backbrief.objects.get().state == BackbriefState.ACCEPTED


def test_below_its_new_branch_a_leader_of_the_goal_loses_it(area, cycle, team, other_team, member):
    """The goal stays where it is; the team goes on working on it as long as it is asked."""
    leader_of_area = UserFactory(leads=area)
    goal = ObjectiveFactory(team=area, cycle=cycle, owner=leader_of_area)
    make_briefing(goal, leader_of_area, team)
    Team.objects.filter(pk=team.pk).update(
        parent=other_team.parent, ancestor_ids=other_team.ancestor_ids
    )
    given = make_given(goal, Team.objects.get(pk=team.pk), member)
    actions.accept_backbrief(given, by=leader_of_area, now=NOW)


def test_an_archived_team_answers_no_more(visit, goal, team, member):
    Team.objects.filter(pk=team.pk).update(archived_at=NOW)
    response = visit(member).send(url_of(goal, team), {**SAID, "then": "give"})
    assert response.status_code == 404  # it works on nothing any more
    assert not Backbrief.objects.exists()


def test_one_team_or_five_ask_the_same_queries(
    visit, root, cycle, leader_above, django_assert_max_num_queries
):
    goal = ObjectiveFactory(team=root, cycle=cycle, owner=leader_above)
    teams = [TeamFactory(parent=root) for _n in range(5)]
    people = [UserFactory(leads=team) for team in teams]
    visitor = visit(leader_above)
    counts = []
    for many in [1, 5]:
        make_briefing(goal, leader_above, *teams[:many])
        for team, person in list(zip(teams, people, strict=True))[:many]:
            make_given(goal, team, person)
        with django_assert_max_num_queries(12) as asked:
            visitor.get(f"/objectives/{goal.pk}/backbriefs/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
