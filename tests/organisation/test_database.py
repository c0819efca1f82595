"""What the database itself forbids, whoever asks it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, models, transaction

from apps.alignment.models import Backbrief, BackbriefMove, Briefing, PulseResult, PulseRound
from apps.checkins.models import CheckIn, InitiativeReport, KeyResultReport, Sending
from apps.initiatives.models import (
    MOVES,
    Evidence,
    Initiative,
    InitiativeLink,
    InitiativeMove,
    KillCriterion,
    Objection,
    ObjectionMove,
    Status,
    StopAnswer,
    Verdict,
)
from apps.objectives.models import (
    Amendment,
    Constraint,
    Forecast,
    KeyResult,
    Measurement,
    Objective,
    ObjectiveMove,
    TrackRecord,
)
from apps.organisation.models import Organisation, Team, TeamGrant, User
from tests.factories import NOW, TODAY, ObjectiveFactory, TeamFactory, grant

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], Any], match: str | None = None) -> None:
    @transaction.atomic
    def act_and_commit() -> None:
        act()
        connection.check_constraints()

    with pytest.raises(DatabaseError, match=match):
        act_and_commit()


def make_initiative(team: Team, member: User, **fields: Any) -> Initiative:
    return Initiative.objects.create(
        team=team, lead=member, title="A bet", proposed_by=member, proposed_at=NOW, **fields
    )


@pytest.fixture
def written_once(team, member, objective, key_result) -> list[models.Model]:
    """A row of each table whose rows are never changed."""
    measurement = Measurement.objects.create(
        key_result=key_result, day=TODAY, value=53, source="by-hand", entered_by=member,
        entered_at=NOW,
    )  # fmt: skip
    initiative = make_initiative(team, member)
    check_in = CheckIn.objects.create(team=team, week=TODAY.replace(day=16))
    return [
        measurement,
        Amendment.objects.create(
            objective=objective, key_result=key_result, kind="target", field="target",
            old="65", new="60", reason="It was too much.", day=TODAY, by=member, at=NOW,
        ),
        ObjectiveMove.objects.create(
            objective=objective, from_state="input", to_state="committed", by=member, at=NOW
        ),
        InitiativeMove.objects.create(
            initiative=initiative, verb="propose", to_status="proposed", by=member, at=NOW
        ),
        KeyResultReport.objects.create(
            check_in=check_in, revision=1, key_result=key_result, confidence=7
        ),
        InitiativeReport.objects.create(check_in=check_in, revision=1, initiative=initiative),
        Sending.objects.create(check_in=check_in, revision=1, by=member, at=NOW),
        Forecast.objects.create(
            key_result=key_result, made_at=NOW, last_day=TODAY, n=4, days_left=40, cycle_days=90,
            value=60, even_low=58, even_high=62, wide_low=55, wide_high=65, baseline=52, target=65,
        ),
        TrackRecord.objects.create(day=TODAY, forecasts=3),
        *of_the_means(initiative, key_result, member),
        *of_alignment(objective, team, member),
    ]  # fmt: skip


def of_the_means(
    initiative: Initiative, key_result: KeyResult, member: User
) -> Iterator[models.Model]:
    criterion = KillCriterion.objects.create(initiative=initiative, observable="Sales", on=TODAY)
    yield StopAnswer.objects.create(
        criterion=criterion, is_reached=True, because="It grows.", by=member, at=NOW
    )
    yield Evidence.objects.create(initiative=initiative, day=TODAY, text="Seen.", by=member, at=NOW)
    link = InitiativeLink.objects.create(initiative=initiative, key_result=key_result)
    yield Verdict.objects.create(link=link, kind="less", evidence="Seen.", by=member, at=NOW)
    constraint = Constraint.objects.create(
        team=initiative.team, sentence="Not so", reason="The law.", set_by=member, set_at=NOW
    )
    objection = Objection.objects.create(
        initiative=initiative, constraint=constraint, reason="It is.", raised_by=member,
        raised_at=NOW,
    )  # fmt: skip
    yield ObjectionMove.objects.create(
        objection=objection, verb="raise", to_state="open", by=member, at=NOW
    )


def of_alignment(objective: Objective, team: Team, member: User) -> Iterator[models.Model]:
    briefing = Briefing.objects.create(
        objective=objective, number=1, drafted_by=member, drafted_at=NOW
    )
    backbrief = Backbrief.objects.create(objective=objective, team=team, briefing=briefing)
    yield BackbriefMove.objects.create(
        backbrief=backbrief, briefing=briefing, to_state="draft", by=member, at=NOW
    )
    pulse_round = PulseRound.objects.create(opened_at=NOW, opened_on=TODAY, until=TODAY)
    yield PulseResult.objects.create(
        round=pulse_round, team=team, of_leaders=False, asked=3, answered=3
    )


def test_every_table_that_only_grows_is_known_here(written_once):
    guarded = {
        model
        for model in apps.get_models()
        if any("append_only" in trigger.name for trigger in getattr(model._meta, "triggers", []))
    }
    assert {type(row) for row in written_once} == guarded


def test_what_is_written_once_is_never_changed(written_once):
    for row in written_once:
        stored = type(row).objects.filter(pk=row.pk)
        field = next(f for f in row._meta.fields if not f.primary_key)
        refused(
            lambda s=stored, f=field: s.update(**{f.name: models.F(f.name)}), "update or delete"
        )


def test_what_is_written_once_is_never_deleted(written_once):
    for row in written_once:
        refused(lambda r=row: erase(r), "update or delete")


def erase(row: models.Model) -> None:
    """Past the ORM, which would look after rows that point here."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])  # noqa: S608


@pytest.mark.django_db(transaction=True)
def test_tests_may_still_empty_the_tables(written_once):
    tables = ", ".join(row._meta.db_table for row in written_once)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")
    assert not Measurement.objects.exists()


@pytest.mark.parametrize("origin", Status)
@pytest.mark.parametrize("to", Status)
def test_an_initiative_makes_only_the_moves_there_are(team, member, key_result, origin, to):
    def fields(status: Status) -> dict[str, Any]:
        ended = status in {"done", "killed", "swapped", "declined"}
        over = status in {"killed", "swapped"}
        return {
            "status": status, "believe": "a", "will": "b", "know_when": "c", "started_at": NOW,
            "ended_by": member if ended else None, "ended_at": NOW if ended else None,
            "end_reason": "cost" if over else "", "learning": "x" if over else "",
            "delivered": "x", "decline_word": "x",
            "successor": make_initiative(team, member) if status == "swapped" else None,
        }  # fmt: skip

    initiative = make_initiative(team, member, **fields(origin))
    InitiativeLink.objects.create(initiative=initiative, key_result=key_result)
    move = Initiative.objects.filter(pk=initiative.pk)
    if origin == to or any(origin in origins and to == end for origins, end in MOVES.values()):
        move.update(**fields(to))
    else:
        refused(lambda: move.update(**fields(to)), "Invalid transition")


def test_an_initiative_is_paused_for_a_reason(team, member):
    paused = {"verb": "pause", "from_status": "active", "to_status": "paused"}
    by = {"initiative": make_initiative(team, member), "by": member, "at": NOW}
    refused(lambda: InitiativeMove.objects.create(**paused, **by), "paused_for_a_reason")
    InitiativeMove.objects.create(**paused, **by, reason="Waiting for traffic.")


WAYS_OF_AN_OBJECTIVE = {
    "draft": {"input", "withdrawn"},
    "input": {"draft", "committed", "withdrawn"},
    "committed": {"closed", "abandoned"},
    "closed": set(),
    "abandoned": set(),
    "withdrawn": set(),
}


@pytest.mark.parametrize("origin", WAYS_OF_AN_OBJECTIVE)
@pytest.mark.parametrize("to", WAYS_OF_AN_OBJECTIVE)
def test_an_objective_never_goes_back_from_its_commitment(team, cycle, leader, origin, to):
    def fields(state: str) -> dict[str, Any]:
        is_committed = state in {"committed", "closed", "abandoned"}
        by, at = (leader, NOW) if is_committed else (None, None)
        return {"state": state, "committed_by": by, "committed_at": at}

    objective = ObjectiveFactory(team=team, cycle=cycle, owner=leader, **fields(origin))
    move = Objective.objects.filter(pk=objective.pk)
    if to == origin or to in WAYS_OF_AN_OBJECTIVE[origin]:
        move.update(**fields(to))
    else:
        refused(lambda: move.update(**fields(to)), "Invalid transition")


def test_nobody_grants_anything_to_himself_or_herself(team, member):
    refused(
        lambda: TeamGrant.objects.create(
            user=member, content_object=team, granted_by=member, granted_at=NOW,
            permission=Permission.objects.get(codename="lead_team"),
        ),
        "grant_is_never_given_to_oneself",
    )  # fmt: skip


def test_a_person_is_the_same_thing_to_a_team_once(team, member):
    refused(lambda: grant("belong_to_team", member, team), "duplicate key")


def test_there_is_one_organisation(organisation):
    refused(lambda: Organisation.objects.create(id=2, name="Another"), "there_is_only_one")


def test_there_is_one_root(root):
    refused(lambda: TeamFactory(parent=None), "team_tree_has_one_root")


def test_no_team_hangs_below_itself(team, area):
    above_itself = [*team.ancestor_ids, team.pk]
    refused(
        lambda: Team.objects.filter(pk=team.pk).update(ancestor_ids=above_itself),
        "team_is_not_above_itself",
    )
    refused(lambda: Team.objects.filter(pk=team.pk).update(parent=team), "team_")
    refused(
        lambda: Team.objects.filter(pk=area.pk).update(
            parent=team, ancestor_ids=[*team.ancestor_ids, team.pk]
        ),
        "team_is_not_above_itself",
    )


def test_a_team_knows_its_parent_among_those_above_it(team, root):
    refused(lambda: Team.objects.filter(pk=team.pk).update(ancestor_ids=[]), "hangs_below")
    refused(lambda: Team.objects.filter(pk=root.pk).update(ancestor_ids=[team.pk]), "hangs_below")


def test_two_people_never_share_an_address_whatever_its_spelling(member):
    refused(lambda: User.objects.create(email=member.email.upper(), name="X"), "small_letters")
    refused(lambda: User.objects.create(email=member.email, name="X"), "duplicate key")


def test_no_row_of_history_is_lost_with_the_person(member, objective):
    refused(lambda: erase(objective.owner), "foreign key")


def test_an_objective_is_committed_by_someone(objective):
    refused(lambda: Objective.objects.filter(pk=objective.pk).update(committed_at=None))
