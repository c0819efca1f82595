"""The pulse is opened, answered and closed; a round may open the next by its rhythm.

Nothing here writes a history row, a job or a message about an answer: what is not kept can't
be joined to a person. docs/security.md says what was tried, and what is left.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import BooleanField, Case, Q, Value, When
from django.utils.translation import gettext as _

from apps.alignment.models import PulseAsked, PulseResult, PulseRound, PulseTally
from apps.alignment.scores import STEPS, Group, what_is_shown
from apps.organisation import outbox
from apps.organisation.actions import root_team
from apps.organisation.locks import hold_for_share
from apps.organisation.models import Organisation, Team, TeamGrant, User
from apps.organisation.permissions import Do, still_may, take_turns
from apps.organisation.writes import lock

# A round that lasts longer measures two moods.
LONGEST = timedelta(days=31)


@transaction.atomic
def open_pulse(
    *, until: date, by: User, now: datetime, every_weeks: int | None = None
) -> PulseRound:
    """Ask everyone who works in a team now; `every_weeks`: and again so many weeks later."""
    root = root_team()
    take_turns(by, root)  # one round at a time: two who open it, open one after the other
    still_may(by, Do.OPEN_PULSE, root)
    today = Organisation.objects.get().today(now)
    if until < today:
        raise ValidationError({"until": _("Choose a day from today on.")})
    if until - today > LONGEST:
        raise ValidationError({"until": _("A round lasts a month at most.")})
    if every_weeks is not None and timedelta(weeks=every_weeks) <= until - today:
        raise ValidationError({"every_weeks": _("The next round opens after this one has ended.")})
    return _open(until=until, every_weeks=every_weeks, by=by, today=today, now=now)


@transaction.atomic
def close_pulse(pulse_round: PulseRound, *, by: User, now: datetime) -> None:
    still_may(by, Do.OPEN_PULSE, root_team())
    _close(pulse_round, today=Organisation.objects.get().today(now))


@transaction.atomic
def answer_pulse(pulse_round: PulseRound, *, team: Team, answers: Sequence[int], by: User) -> None:
    """answers: one a question, from 1 to 6."""
    still_may(by, Do.ANSWER_PULSE, team)
    # The round before all else: who closes it waits for us, or we see that it is closed.
    hold_for_share(PulseRound.objects.filter(pk=pulse_round.pk))
    pulse_round.refresh_from_db()
    if not pulse_round.is_open:
        raise ValidationError(_("This round has ended. Nothing is counted any more."))
    asked = PulseAsked.objects.of(by, pulse_round, team).first()
    if asked is None:
        raise PermissionDenied(
            _("You were not in %(team)s when this round opened, so you are not asked for it.")
            % {"team": team.name}
        )
    tally = lock(asked.tally)
    asked.refresh_from_db()
    if asked.has_answered:
        raise ValidationError(_("You have answered already. It counts once."))
    for question, answer in enumerate(answers):
        tally.counts[question * STEPS + answer - 1] += 1
    tally.answered += 1
    tally.save(update_fields=["counts", "answered"])
    # Every row, so that the mark of this transaction stands on each of them.
    tally.asked.update(
        has_answered=Case(
            When(Q(has_answered=True) | Q(pk=asked.pk), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
    )


@transaction.atomic
def close_due(*, now: datetime) -> PulseRound | None:
    """Close the round whose last day is over; returns it."""
    today = Organisation.objects.get().today(now)
    over = PulseRound.objects.open().filter(until__lt=today).first()
    if over:
        _close(over, today=today)
    return over


@transaction.atomic
def open_due(*, now: datetime) -> PulseRound | None:
    """Open the next round where the last one has a rhythm and its day has come; returns it."""
    today = Organisation.objects.get().today(now)
    lock(root_team())
    last = PulseRound.objects.first()
    if last is None or last.is_open or last.opens_next is None or today < last.opens_next:
        return None
    until = today + (last.until - last.opened_on)
    return _open(until=until, every_weeks=last.every_weeks, by=None, today=today, now=now)


def _open(
    *, until: date, every_weeks: int | None, by: User | None, today: date, now: datetime
) -> PulseRound:
    if PulseRound.objects.open().exists():
        raise ValidationError(_("A round is open already. Close it first."))
    places = list(
        TeamGrant.objects.works_in()
        .filter(user__is_active=True, content_object__archived_at=None)
        .values_list("content_object", "content_object__ancestor_ids", "user",
                     "permission__codename")
        .order_by("content_object", "user")
    )  # fmt: skip
    if not places:
        raise ValidationError(_("Nobody works in a team yet, so there is nobody to ask."))
    pulse_round = PulseRound.objects.create(
        opened_by=by, opened_at=now, opened_on=today, until=until, every_weeks=every_weeks
    )
    # Whoever leads a team is asked as its leader, also where he or she is named as a member.
    leads = {(team, person) for team, _above, person, role in places if role == "lead_team"}
    people = {
        (team, person): ((team, (team, person) in leads), above)
        for team, above, person, _role in places
    }
    tallies = {
        key: PulseTally(round=pulse_round, team_id=key[0], ancestor_ids=above, of_leaders=key[1])
        for key, above in people.values()
    }
    PulseTally.objects.bulk_create(tallies.values())
    PulseAsked.objects.bulk_create(
        PulseAsked(round=pulse_round, tally=tallies[key], person_id=person)
        for (_team, person), (key, _above) in people.items()
    )
    asked = User.objects.filter(pk__in={person for _team, person in people})
    outbox.put("pulse.asked", to=asked, about=pulse_round, now=now)
    return pulse_round


def _close(pulse_round: PulseRound, *, today: date) -> None:
    lock(pulse_round)
    if not pulse_round.is_open:
        raise ValidationError(_("This round is closed already."))
    for of_leaders in (False, True):
        tallies = PulseTally.objects.filter(round=pulse_round, of_leaders=of_leaders)
        PulseResult.objects.bulk_create(
            _results(pulse_round, list(tallies.prefetch_related("asked")), of_leaders=of_leaders)
        )
    with connection.cursor() as cursor:
        # Nothing may be left to check in a table that is emptied.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # Their files go, older versions of rows included.
        cursor.execute(
            f"TRUNCATE {PulseAsked._meta.db_table}, {PulseTally._meta.db_table} RESTART IDENTITY"
        )
    pulse_round.state, pulse_round.closed_on = PulseRound.State.CLOSED, today
    pulse_round.save(update_fields=["state", "closed_on"])


def _results(
    pulse_round: PulseRound, tallies: Sequence[PulseTally], *, of_leaders: bool
) -> Iterable[PulseResult]:
    shown = what_is_shown(
        Group(
            team=tally.team_id,
            ancestors=tuple(tally.ancestor_ids),
            asked=len(tally.asked.all()),
            answered=frozenset(a.person_id for a in tally.asked.all() if a.has_answered),
        )
        for tally in tallies
    )
    for team_id, figure in shown.items():
        inside = (t for t in tallies if team_id == t.team_id or team_id in t.ancestor_ids)
        yield PulseResult(
            round=pulse_round,
            team_id=team_id,
            of_leaders=of_leaders,
            asked=figure.asked,
            answered=figure.answered,
            counts=[sum(cell) for cell in zip(*(t.counts for t in inside), strict=True)]
            if figure.is_shown
            else None,
        )
