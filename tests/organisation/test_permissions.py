"""The table in the code is the table of the domain, row by row."""

import csv
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from apps.organisation.permissions import ALLOWED, Do, may, permit
from tests.factories import TeamFactory

# Written down by hand from the domain: the columns are anyone signed in, member of the team,
# leader of the team, above, administrator; a line of the table may hold several actions.
DOMAIN = {
    "+ + + + +": ["read"],
    ". . + + .": [
        *["objective.draft", "objective.edit", "objective.open", "input.answer"],
        *["objective.commit", "objective.withdraw", "objective.amend", "objective.review"],
        *["objective.close", "objective.abandon"],
        *["key_result.define", "key_result.amend", "key_result.ask_to_report"],
        *["briefing.issue", "backbrief.answer"],
        "help.answer",
        *["constraint.set", "constraint.lift"],
    ],
    "+ + + + + ": ["input.give", "input.withdraw", "comment", "initiative.suggest"],
    ". + + . .": [
        "backbrief.give",
        *["measurement.add", "measurement.correct", "check_in"],
        *["initiative.propose", "initiative.edit", "initiative.start", "initiative.pause"],
        *["initiative.resume", "initiative.swap", "initiative.kill", "initiative.finish"],
        *["initiative.decline", "initiative.verdict", "initiative.take_over"],
        *["objection.answer", "objection.meet", "help.ask", "help.withdraw"],
        *["initiative.go_on", "initiative.add_evidence"],
        *["team.set_rhythm", "team.look_back", "contribution.answer", "pulse.answer"],
        "report_request.answer",
    ],
    ". . . + .": ["objection.raise", "objection.withdraw"],
    ". + + + .": ["review.run", "contribution.ask", "pulse.see"],
    ". . + + +": ["member.add", "member.remove"],
    ". . . . +": [
        "organisation.import",
        *[
            "leader.appoint",
            "leader.dismiss",
            "team.create",
            "team.rename",
            "team.move",
            "team.archive",
        ],
        *["cycle.manage", "pulse.open", "people.manage", "organisation.set"],
        *["organisation.audit", "organisation.export"],
    ],
}
COLUMNS = ["anyone signed in", "member of the team", "leader of the team", "above", "administrator"]
WRITTEN = {action: marks.split() for marks, actions in DOMAIN.items() for action in actions}


def printed() -> list[list[str]]:
    out = StringIO()
    call_command("permissions", "--csv", stdout=out)
    return list(csv.reader(StringIO(out.getvalue())))


def test_every_action_of_the_domain_is_printed_and_no_other():
    header, *rows = printed()
    assert header == ["action", *COLUMNS]
    assert sorted(row[0] for row in rows) == sorted(WRITTEN)


@pytest.mark.parametrize("action", WRITTEN)
def test_the_row_is_the_one_of_the_domain(action):
    [row] = [row for row in printed() if row[0] == action]
    assert [cell or "." for cell in row[1:]] == WRITTEN[action]


def test_the_table_for_people_lines_up():
    out = StringIO()
    call_command("permissions", stdout=out)
    assert len(out.getvalue().splitlines()) == len(Do) + 1


@pytest.mark.django_db
def test_has_perm_says_what_may_says_for_everyone_and_everything(
    team, area, root, other_team, leader, member, leader_above, neighbour, observer,
    administrator, deactivated,
):  # fmt: skip
    cast = [leader, member, leader_above, neighbour, observer, administrator, deactivated]
    for person in cast:
        for place in [team, area, root, other_team]:
            for do in Do:
                assert person.has_perm(do, place) is may(person, do, place), (person, do, place)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "column"),
    [
        ("observer", 0), ("neighbour", 0), ("member", 1), ("leader", 2), ("leader_above", 3),
        ("administrator", 4),
    ],
)  # fmt: skip
def test_each_relation_may_exactly_its_column(request, team, who, column):
    person = request.getfixturevalue(who)
    assert [do for do in Do if may(person, do, team)] == [
        do for do in Do if WRITTEN[do][column] == "+"
    ]


@pytest.mark.django_db
def test_nobody_without_an_open_account_may_anything(team, deactivated):
    assert not any(may(deactivated, do, team) for do in Do)
    assert not any(AnonymousUser().has_perm(do, team) for do in Do)


@pytest.mark.django_db
def test_a_permission_without_a_team_or_without_a_row_is_no(administrator, team):
    assert not administrator.has_perm(Do.MANAGE_PEOPLE)
    assert not administrator.has_perm("initiative.approve", team)
    assert not administrator.has_perm(Do.MANAGE_PEOPLE, administrator)


@pytest.mark.django_db
def test_a_leader_leads_below_and_not_above(leader_above, leader, root, team):
    below = TeamFactory(parent=team)
    assert may(leader, Do.COMMIT_OBJECTIVE, below)
    assert may(leader_above, Do.COMMIT_OBJECTIVE, below)
    assert not may(leader, Do.COMMIT_OBJECTIVE, root)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("do", "names"),
    [
        (Do.KILL_INITIATIVE, "Only Checkout can do this: the team decides about its means."),
        (Do.CHECK_IN, "Only Checkout can do this."),
        (Do.COMMIT_OBJECTIVE, "Only leaders of Checkout, or above it"),
        (Do.OBJECT_TO_INITIATIVE, "Only a leader above Checkout"),
        (Do.SEE_PULSE, "Only Checkout and its leaders above"),
        (Do.ADD_MEMBER, "Only leaders of Checkout, or above it, and administrators"),
        (Do.CREATE_TEAM, "Only an administrator"),
    ],
)
def test_a_refusal_names_who_can(neighbour, team, do, names):
    with pytest.raises(PermissionDenied, match=names):
        permit(neighbour, do, team)


@pytest.mark.django_db
def test_someone_deactivated_hears_that_and_not_a_team(deactivated, team):
    with pytest.raises(PermissionDenied, match="closed"):
        permit(deactivated, Do.CHECK_IN, team)


def test_every_action_has_its_row():
    assert set(ALLOWED) == set(Do)


@pytest.mark.django_db
def test_one_query_answers_every_question_of_a_page(member, root, django_assert_num_queries):
    teams = [root, *(TeamFactory(parent=root) for _ in range(5))]
    with django_assert_num_queries(1):
        for place in teams:
            for do in Do:
                may(member, do, place)
