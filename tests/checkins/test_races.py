"""Two of one team at the same time, each in a transaction of his or her own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from apps.checkins import actions
from apps.checkins.drafts import Typed
from apps.checkins.models import CheckIn, HelpRequest
from apps.objectives.models import KeyResult
from apps.organisation.models import User
from apps.organisation.writes import Conflict
from tests.checkins.making import WEEK, make_asked, make_sent
from tests.factories import NOW, KeyResultFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What each comes to: "done", "conflict", or the sentence that refuses it."""
    together = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        together.wait()
        try:
            act()
        except Conflict:
            return "conflict"
        except ValidationError as refused:
            return refused.messages[0]
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return sorted(pool.map(run, acts))


def send(key_result: KeyResult, by: User, value: str) -> Callable[[], CheckIn]:
    def act() -> CheckIn:
        key = KeyResult.objects.select_related("team", "objective__cycle").get(pk=key_result.pk)
        return make_sent(key, User.objects.get(pk=by.pk), value=value, now=NOW, version=1)

    return act


def test_of_two_first_sendings_one_counts(reported, member, leader):
    came_to = at_once(send(reported, member, "56.4"), send(reported, leader, "56.8"))
    assert came_to == ["conflict", "done"]
    assert CheckIn.objects.get().revision == 1
    assert reported.measurements.count() == 1


def test_two_drafts_end_up_in_one(reported, member, leader, cycle):
    def save(by: User, name: str) -> Callable[[], CheckIn]:
        return lambda: actions.save_draft(
            team=type(reported.team).objects.get(pk=reported.team.pk), week=WEEK,
            cycle=type(cycle).objects.get(pk=cycle.pk), by=User.objects.get(pk=by.pk), now=NOW,
            typed=Typed({"a": "", "b": ""} | {name: "typed"}, {}), version=1,
        )  # fmt: skip

    assert at_once(save(member, "a"), save(leader, "b")) == ["done", "done"]
    assert CheckIn.objects.get().draft_fields == {"a": "typed", "b": "typed"}


def test_two_teams_that_report_on_the_same_goals_do_not_lock_each_other_out(
    reported, member, other_team
):
    theirs = KeyResultFactory(objective=reported.objective, team=other_team)
    colleague = UserFactory(works_in=other_team)
    came_to = at_once(send(reported, member, "56.4"), send(theirs, colleague, "56.8"))
    assert came_to == ["done", "done"]


def test_of_two_answers_the_first_stands(team, member, leader_above, area):
    second = UserFactory(leads=area)
    asked = make_asked(team, member, second, by_when=date(2026, 11, 27))

    def answer(by: User) -> Callable[[], None]:
        return lambda: actions.answer_help(
            HelpRequest.objects.select_related("asked_as_leader_of").get(pk=asked.pk),
            answer="Yes.", by=User.objects.get(pk=by.pk), now=NOW,
        )  # fmt: skip

    done, refused = sorted(at_once(answer(leader_above), answer(second)), key="done".__ne__)
    assert done == "done"
    assert refused.endswith("has answered this already.")
