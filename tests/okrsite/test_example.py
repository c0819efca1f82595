"""Lindenmarkt stands in week 7 of 13 whatever today is, and tells the story of the domain."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from apps.checkins.cadence import week_number
from apps.checkins.models import CheckIn, HelpRequest
from apps.initiatives.models import Initiative, Status
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.objectives.readings import read
from apps.organisation.models import Organisation, OutboxMessage, Team, User
from okrsite.example.build import build

pytestmark = pytest.mark.django_db

# One moment on each day of a week; the last one is in the last minute of the year.
MOMENTS = [datetime(2026, 12, 28, 7, 30, tzinfo=UTC) + timedelta(days=n) for n in range(6)]
MOMENTS.append(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: f"{now:%a-%H%M}")
def test_the_story_is_the_same_on_every_day_of_the_week(now):
    build(now)

    cycle = Cycle.objects.get(state=Cycle.State.RUNNING)
    today = Organisation.objects.get().today(now)
    assert week_number(today, cycle.starts, cycle.ends) == 7
    assert (cycle.ends - cycle.starts).days == 90
    key_results = KeyResult.objects.committed().for_rows()
    paces = {kr.title: read(kr, today=today).state for kr in key_results}
    assert paces == {
        "Checkout conversion rate": "behind",
        "Average customer satisfaction": "on-pace",
        "Payments that fail": "ahead",
        "Orders delivered on the promised day": "far-behind",
        "Deliveries within a two-hour window": "too-early",
        "Parcels that arrive damaged": "holding",
        "Second purchase within 90 days": "stale",
        "Searches that end in a basket": "on-pace",
        "“Where is my order?” contacts per 100 orders": "on-pace",
        "First replies within four hours": "on-pace",
    }


def test_the_story_of_the_domain_is_in_it():
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    build(now)

    root = Team.objects.get(parent=None)
    areas = Team.objects.filter(parent=root)
    assert (areas.count(), Team.objects.filter(parent__in=areas).count()) == (2, 6)
    checkout = Objective.objects.get(title="Create a world-class checkout experience")
    assert checkout.is_committed
    assert [kr.title for kr in checkout.key_results.all()] == [
        "Checkout conversion rate",
        "Average customer satisfaction",
    ]
    titles = Initiative.objects.filter(team__slug="checkout", status=Status.ACTIVE)
    assert {i.title for i in titles} == {"Amazon sign-in", "Shopping-cart reminder"}
    swapped = Initiative.objects.get(status=Status.SWAPPED)
    assert swapped.successor.title == "Amazon sign-in"
    assert Initiative.objects.get(status=Status.KILLED).learning.startswith("Built in 6 days")
    assert HelpRequest.objects.open().get().asked.name == "Mara Petersen"
    starts = Cycle.objects.get(state=Cycle.State.RUNNING).starts
    assert CheckIn.objects.filter(team__slug="checkout", week__gte=starts).count() == 5
    asking = Objective.objects.get(state=Objective.State.INPUT)
    assert asking.inputs.unanswered().count() == 1


def test_the_quarter_before_is_closed_with_a_review_and_a_number_that_came_late():
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    build(now)

    before = Cycle.objects.get(state=Cycle.State.CLOSED)
    objective = Objective.objects.get(cycle=before)
    assert (objective.state, objective.without_review) == ("closed", False)
    readings = {kr.title: read(kr, today=now.date()) for kr in objective.key_results.for_rows()}
    late = [title for title, reading in readings.items() if reading.late_on]
    assert late == ["Baskets that are still there the next day"]
    assert before.look_backs.get().team.name == "Checkout"


def test_nothing_in_it_lies_in_the_future():
    now = datetime(2026, 11, 16, 6, tzinfo=UTC)  # early on a Monday
    build(now)
    today = Organisation.objects.get().today(now)
    assert not CheckIn.objects.filter(submitted_at__gt=now).exists()
    assert not KeyResult.objects.filter(measurements__day__gt=today).exists()
    assert not Initiative.objects.filter(moves__at__gt=now).exists()


def test_loading_again_changes_nothing_and_prints_the_accounts(capsys):
    call_command("load_example")
    first = capsys.readouterr().out
    people = set(User.objects.values_list("pk", "password"))
    call_command("load_example")
    assert capsys.readouterr().out == first
    assert first.splitlines() == [
        "organisation leader: mara@lindenmarkt.example / lindenmarkt",
        "team leader: ines@lindenmarkt.example / lindenmarkt",
        "member: tom@lindenmarkt.example / lindenmarkt",
        "administrator: hanna@lindenmarkt.example / lindenmarkt",
    ]
    assert set(User.objects.values_list("pk", "password")) == people


def test_known_passwords_never_reach_another_organisation(organisation, leader, capsys):
    call_command("load_example")
    assert capsys.readouterr().out == "This database holds Lindenmarkt; no example was loaded.\n"
    assert User.objects.count() == 1
    assert not User.objects.get().check_password("lindenmarkt")


def test_mails_of_the_told_past_went_out_then_and_not_at_the_first_start():
    now = MOMENTS[3]
    build(now)
    waiting = OutboxMessage.objects.waiting()
    assert {put.date() for put in waiting.values_list("put_at", flat=True)} <= {
        (now - timedelta(days=n)).date() for n in range(4)
    }
    assert waiting.filter(kind="help.asked").exists()
    past = OutboxMessage.objects.exclude(pk__in=waiting)
    assert past.filter(kind="help.answered").exists()
    assert all(message.sent_at == message.put_at for message in past)
