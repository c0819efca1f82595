"""What a worker would do at an instant, once, and in words."""

from datetime import date
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from apps.initiatives.actions import Stop
from apps.notices.jobs import JOBS
from apps.organisation.models import OutboxMessage
from tests.initiatives.making import make_active
from tests.notices.making import berlin

pytestmark = pytest.mark.django_db

THURSDAY = "2026-11-19T09:00"


def run_due(now: str) -> dict[str, str]:
    """What it says, by job."""
    said = StringIO()
    call_command("run_due", "--now", now, stdout=said)
    return dict(line.split(": ", 1) for line in said.getvalue().splitlines())


def test_it_says_of_each_job_what_it_did(key_result, member, leader):
    make_active(
        key_result.team, member, key_result,
        stops=[Stop("Mails that are opened", date(2026, 11, 19), limit="20%")],
    )  # fmt: skip
    said = run_due(THURSDAY)
    assert list(said) == [job.name for job in JOBS]
    assert said["remind"] == "check-ins are due: 2 people to remind"
    assert said["due_means"] == "stop marks and verdicts came due: 2 people to tell"
    assert said["send"] == "4 mails sent, 0 dropped, 0 to be tried again"
    assert said["look_at_the_tree"] == "nothing to do"
    assert len(mail.outbox) == 4


def test_on_mondays_those_who_lead_are_told(key_result, leader):
    said = run_due("2026-11-23T09:00")
    assert said["digest"] == "it is Monday: 1 leaders to tell how things stand"
    assert said["send"] == "1 mails sent, 0 dropped, 0 to be tried again"


@pytest.mark.parametrize("now", [THURSDAY, "2026-11-23T09:00"])
def test_twice_does_nothing_twice(key_result, member, leader, now):
    run_due(now)
    before = len(mail.outbox)
    assert before
    assert set(run_due(now).values()) == {"nothing to do"}
    assert len(mail.outbox) == before == OutboxMessage.objects.count()


@pytest.mark.parametrize(
    ("now", "mails"),
    [
        ("2026-11-19T07:59", 0),
        ("2026-11-19T08:00", 2),
        ("2026-11-19T06:59+00:00", 0),
        ("2026-11-19T07:00Z", 2),
        ("2026-11-18T23:00-08:00", 2),  # eight in the morning in Berlin
        ("2026-11-19T16:00+09:00", 2),
    ],
)
def test_a_moment_may_be_said_in_any_time_zone_and_else_is_the_organisations(
    key_result, member, leader, now, mails
):
    run_due(now)
    assert len(mail.outbox) == mails
    assert all(put == berlin("2026-11-19", 8) for put in OutboxMessage.objects.values_list(
        "put_at", flat=True
    ))  # fmt: skip


@pytest.mark.parametrize("nonsense", ["tomorrow", "2026-13-01T09:00", "2026-11-19T25:00"])
def test_nonsense_is_refused_and_nothing_is_done(key_result, member, nonsense):
    with pytest.raises(CommandError, match=f"not “{nonsense}”"):
        run_due(nonsense)
    assert not OutboxMessage.objects.exists()


def test_before_there_is_an_organisation_nothing_is_due(db):
    assert set(run_due(THURSDAY).values()) == {"nothing to do"}
