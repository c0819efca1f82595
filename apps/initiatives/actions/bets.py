"""Put an initiative in words: propose, suggest, edit."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.initiatives.actions.history import record, save
from apps.initiatives.actions.rules import (
    has_ended,
    must_be_open,
    must_have_ended,
    must_work_in,
    serves_a_commitment,
)
from apps.initiatives.models import (
    Initiative,
    InitiativeLink,
    KillCriterion,
    Status,
)
from apps.objectives.models import KeyResult
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock, require_text

WORDS = ["lead", "title", "believe", "will", "know_when", "no_criteria_because", "cost_note"]


class Aim(NamedTuple):
    """The key result to move; the effect is a change, in the key result's own unit."""

    key_result: KeyResult
    expected_effect: Decimal | None = None
    by_when: date | None = None


class Stop(NamedTuple):
    """The state at which we stop: `observable` is below or above `limit`, or not done, `on`;
    or the value of `key_result` is below or above `limit_value`."""

    observable: str
    on: date
    comparator: KillCriterion.Comparator = KillCriterion.Comparator.BELOW
    limit: str = ""
    key_result: KeyResult | None = None
    limit_value: Decimal | None = None


@transaction.atomic
def propose(
    *, team: Team, title: str, aims: Sequence[Aim], by: User, now: datetime,
    believe: str = "", will: str = "", know_when: str = "", stops: Sequence[Stop] = (),
    no_criteria_because: str = "", cost_note: str = "", lead: User | None = None,
    continues: Initiative | None = None,
) -> Initiative:  # fmt: skip
    """The team's own idea. Hypothesis and kill criteria may follow before the start.

    `continues` is one that has ended, of whatever team: this takes its idea up again.
    """
    still_may(by, Do.PROPOSE_INITIATIVE, team)
    must_work_in(team, lead or by)
    if continues is not None:
        must_have_ended(continues)
    initiative = Initiative(
        team=team, lead=lead or by, title=require_title(title), believe=believe, will=will,
        know_when=know_when, no_criteria_because=no_criteria_because, cost_note=cost_note,
        continues=continues,
    )  # fmt: skip
    verb = "continue" if continues else "propose"
    put_forward(initiative, verb, aims=aims, stops=stops, by=by, now=now)
    return initiative


@transaction.atomic
def suggest(
    *, team: Team, title: str, aims: Sequence[Aim], by: User, now: datetime,
    believe: str = "", will: str = "", know_when: str = "",
) -> Initiative:  # fmt: skip
    """An idea from outside: it arrives as proposed and marked; the team takes it or declines."""
    still_may(by, Do.SUGGEST_INITIATIVE, team)
    initiative = Initiative(
        team=team, lead=by, title=require_title(title), believe=believe, will=will,
        know_when=know_when, from_outside=team.pk not in by.standing.works_in,
    )  # fmt: skip
    put_forward(initiative, "suggest", aims=aims, stops=(), by=by, now=now)
    return initiative


@transaction.atomic
def edit(
    initiative: Initiative, *, title: str, aims: Sequence[Aim], lead: User, by: User,
    now: datetime, believe: str = "", will: str = "", know_when: str = "",
    stops: Sequence[Stop] = (), no_criteria_because: str = "", cost_note: str = "",
    version: int | None = None,
) -> None:  # fmt: skip
    """Other words, links or kill criteria. One that has started keeps all that active needs."""
    still_may(by, Do.EDIT_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    if not initiative.is_live:
        raise ValidationError(has_ended(initiative))
    if lead != initiative.lead:
        must_work_in(initiative.team, lead)

    initiative.lead, initiative.title = lead, require_title(title)
    initiative.cost_note = cost_note
    initiative.believe, initiative.will, initiative.know_when = believe, will, know_when
    initiative.no_criteria_because = no_criteria_because
    known = {link.key_result_id for link in initiative.links.all()}
    must_be_open(aim.key_result for aim in aims if aim.key_result.pk not in known)
    answered = initiative.kill_criteria.filter(answers__isnull=False).distinct()
    if not initiative.is_proposed:
        can_stop = stops or no_criteria_because or answered.exists()
        is_whole = all([believe, will, know_when]) and aims and can_stop
        aimed_at = [aim.key_result.pk for aim in aims]
        loses_its_goal = serves_a_commitment(known) and not serves_a_commitment(aimed_at)
        if not is_whole or loses_its_goal:
            raise ValidationError(
                _("It has started, so its hypothesis, key result and kill criteria stay whole.")
            )
    must_keep_what_was_judged(initiative, aims)
    initiative.links.exclude(key_result__in=[aim.key_result for aim in aims]).delete()
    for aim in aims:
        initiative.links.update_or_create(
            key_result=aim.key_result,
            defaults={"expected_effect": aim.expected_effect, "by_when": aim.by_when},
        )
    initiative.kill_criteria.filter(answers=None).delete()  # an answered one stays as it was
    write_stops(initiative, stops)
    save(initiative, WORDS)
    record(initiative, "edit", origin=Status(initiative.status), by=by, now=now)


@transaction.atomic
def aim_at(initiative: Initiative, key_result: KeyResult, *, by: User, now: datetime) -> None:
    """It should move this key result, too; by how much and by when may follow. Nothing changes
    where it aims at that already."""
    still_may(by, Do.EDIT_INITIATIVE, initiative.team)
    lock(initiative)
    if not initiative.is_live:
        raise ValidationError(has_ended(initiative))
    if initiative.links.filter(key_result=key_result).exists():
        return
    must_be_open([key_result])
    InitiativeLink.objects.create(initiative=initiative, **Aim(key_result)._asdict())
    save(initiative, [])
    record(initiative, "edit", origin=Status(initiative.status), by=by, now=now)


def must_keep_what_was_judged(initiative: Initiative, aims: Sequence[Aim]) -> None:
    """What was expected stays as it was when the verdict was given."""
    wanted = {aim.key_result.pk: aim for aim in aims}
    for link in initiative.links.filter(verdicts__isnull=False).distinct():
        aim = wanted.get(link.key_result_id)
        if aim is None or (aim.expected_effect, aim.by_when) != (
            link.expected_effect,
            link.by_when,
        ):
            raise ValidationError(
                _("A verdict was given on “%(key_result)s”, so what was expected of it stays.")
                % {"key_result": link.key_result}
            )


def require_title(title: str) -> str:
    return require_text("title", title, _("Say in a few words what you want to try."))


def put_forward(
    initiative: Initiative, verb: str, *, aims: Sequence[Aim], stops: Sequence[Stop], by: User,
    now: datetime,
) -> None:  # fmt: skip
    must_be_open(aim.key_result for aim in aims)
    initiative.proposed_by, initiative.proposed_at = by, now
    initiative.save()
    InitiativeLink.objects.bulk_create(
        InitiativeLink(initiative=initiative, **aim._asdict()) for aim in aims
    )
    write_stops(initiative, stops)
    record(initiative, verb, origin="", by=by, now=now)


def write_stops(initiative: Initiative, stops: Sequence[Stop]) -> None:
    KillCriterion.objects.bulk_create(
        KillCriterion(initiative=initiative, **stop._asdict()) for stop in stops
    )
