"""Tell the story in the order of time, through the actions of the pages."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from apps.checkins import actions as checkins
from apps.checkins.cadence import monday
from apps.initiatives import actions as means
from apps.initiatives.actions import Aim, Stop
from apps.initiatives.models import EndReason, Initiative, KillCriterion, Objection, Verdict
from apps.objectives import actions as goals
from apps.objectives.models import Constraint, Cycle, KeyResult, Objective
from apps.organisation import actions as people
from apps.organisation import invitation_actions as invitations
from apps.organisation.invited import Role
from apps.organisation.models import Organisation, OutboxMessage, Rhythm, Team, User
from okrsite.example import before, pulse
from okrsite.example.aligning import align
from okrsite.example.bets import BETS, Bet
from okrsite.example.people import come_in
from okrsite.example.reporting import agree_to_report
from okrsite.example.story import (
    ACCOUNTS,
    DOMAIN,
    EVERY_TWO_WEEKS,
    GOALS,
    INVITED,
    LATE,
    MISSED,
    OBSERVERS,
    OFF,
    OPEN_THIS_WEEK,
    PASSWORD,
    TEAMS,
    Goal,
    Outcome,
)

QUARTERS = ("First", "Second", "Third", "Fourth")
THIS_WEEK = 7
FRIDAY = 4


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


class Story:
    """What has happened so far, by name, and what is still to happen, by moment."""

    def __init__(self, now: datetime) -> None:
        self.administrator = people.found(
            name="Lindenmarkt",
            email=self.address(ACCOUNTS["administrator"]),
            person=ACCOUNTS["administrator"],
            is_demo=True,
        )
        self.organisation = Organisation.objects.get()
        self.now = now
        self.today = self.organisation.today(now)
        self.starts = monday(self.today) - timedelta(weeks=THIS_WEEK - 1)
        self.persons: dict[str, User] = {self.administrator.name: self.administrator}
        self.teams: dict[str, Team] = {"Lindenmarkt": people.root_team()}
        self.goals: dict[str, Objective] = {}
        self.outcomes: dict[str, KeyResult] = {}
        self.bets: dict[str, Initiative] = {}
        self.ahead: list[tuple[datetime, int, Callable[[datetime], object]]] = []

    @staticmethod
    def address(name: str) -> str:
        plain = name.lower().replace("ß", "ss").split()[0]
        return f"{plain}@{DOMAIN}"

    def day(self, day: int) -> date:
        return self.starts + timedelta(days=day)

    def moment(self, day: int, hour: int = 10) -> datetime:
        """An instant of that day at Lindenmarkt, but never one that is still to come."""
        there = ZoneInfo(self.organisation.time_zone)
        return min(datetime.combine(self.day(day), time(hour), there), self.now)

    def on(self, day: int, happens: Callable[[datetime], object], *, hour: int = 10) -> None:
        self.ahead.append((self.moment(day, hour), len(self.ahead), happens))

    def tell(self) -> None:
        for moment, _order, happens in sorted(self.ahead, key=lambda event: event[:2]):
            happens(moment)

    def fresh(self, title: str) -> Initiative:
        return Initiative.objects.get(pk=self.bets[title].pk)


@transaction.atomic
def build(now: datetime) -> None:
    """All of Lindenmarkt, as of now. Raises ValidationError where an organisation stands."""
    story = Story(now)
    _hire(story)
    before.tell(story, _plan_cycle(story, first_day=-before.QUARTER))
    cycle = _plan_cycle(story, first_day=0)
    for goal in GOALS:
        _set_goal(story, goal, cycle)
    for bet in BETS:
        _place(story, bet)
    for week in range(1, THIS_WEEK + 1):
        for team in TEAMS:
            _check_in(story, team, week, cycle)
    align(story)
    _go_away(story)
    _ask_for_help(story)
    _meet(story, cycle)
    _prepare_next_cycle(story)
    pulse.hold(story)
    _invite(story)
    story.tell()
    arrive(before=datetime.combine(monday(story.today), time(), now.tzinfo))


def arrive(*, before: datetime) -> None:
    """The mails of the told past: they went out then, and not when somebody starts the demo. The
    one thing here that no action does, for only a mail server makes a mail arrive."""
    waiting = OutboxMessage.objects.waiting().filter(put_at__lt=before)
    waiting.update(sent_at=F("put_at"), tries=1)


def _hire(story: Story) -> None:
    hanna = story.administrator
    moment = story.moment(-200)

    def person(name: str) -> User:
        if name not in story.persons:
            story.persons[name] = come_in(
                email=story.address(name), name=name, by=hanna, now=moment
            )
        return story.persons[name]

    lead = ACCOUNTS["organisation leader"]
    people.appoint_leader(story.teams["Lindenmarkt"], person=person(lead), by=hanna, now=moment)
    for name, (parent, leader, members, decides_alone, limit) in TEAMS.items():
        team = people.create_team(
            name=name, parent=story.teams[parent], by=hanna, decides_alone=decides_alone
        )
        story.teams[name] = team
        people.appoint_leader(team, person=person(leader), by=hanna, now=moment)
        for member in members:
            people.add_member(team, person=person(member), by=hanna, now=moment)
        if limit:
            people.set_rhythm(
                team, decides_alone=decides_alone, active_limit=limit, by=person(leader)
            )
    for name, observers in OBSERVERS.items():
        for observer in observers:
            people.add_observer(story.teams[name], person=person(observer), by=hanna, now=moment)
    for name in ACCOUNTS.values():
        story.persons[name].set_password(PASSWORD)
        story.persons[name].save(update_fields=["password"])


def _invite(story: Story) -> None:
    """Somebody who has not come in yet."""
    team, name = INVITED

    def invite(now: datetime) -> None:
        invitations.invite(
            emails=[story.address(name)], role=Role.MEMBER, team=story.teams[team],
            by=story.persons[TEAMS[team][1]], now=now,
        )  # fmt: skip

    story.on(7 * (THIS_WEEK - 1), invite)


def _quarter(story: Story, first_day: int) -> tuple[int, int]:
    """Year and quarter of a cycle, counted from that in whose middle the running one stands:
    the middles of two that follow each other can lie in the same quarter of a calendar."""
    middle = story.day(45)
    return divmod(middle.year * 4 + (middle.month - 1) // 3 + first_day // 91, 4)


def _plan_cycle(story: Story, *, first_day: int) -> Cycle:
    hanna = story.administrator
    starts = story.day(first_day)
    year, quarter = _quarter(story, first_day)
    cycle = goals.create_cycle(
        name=f"{QUARTERS[quarter]} quarter {year}",
        starts=starts,
        ends=starts + timedelta(days=90),
        input_opens=story.day(first_day - 70),
        input_closes=story.day(first_day - 5),
        by=hanna,
        now=story.moment(first_day - 75),
    )
    goals.open_input(cycle, by=hanna, now=story.moment(first_day - 70))
    if first_day <= 0:
        story.on(first_day, lambda now: goals.start_cycle(cycle, by=hanna, now=now), hour=6)
    return cycle


def _set_goal(story: Story, goal: Goal, cycle: Cycle) -> None:
    owner = story.persons[goal.owner]
    made: list[Objective] = []

    def draft(now: datetime) -> None:
        objective = goals.draft(
            team=story.teams[goal.team], cycle=cycle, title=goal.title, why=goal.why,
            not_doing=goal.not_doing, by=owner, now=now,
        )  # fmt: skip
        made.append(objective)
        story.goals[goal.title] = objective
        for outcome in goal.outcomes:
            story.outcomes[outcome.title] = _define(story, objective, outcome, owner, now)
        asked = [story.persons[author] for author, *_rest in goal.inputs]
        goals.open_for_input(objective, until=story.day(-6), people=asked, by=owner, now=now)
        for sentence, reason in goal.constraints:
            goals.set_constraint(
                objective=objective, sentence=sentence, reason=reason, by=owner, now=now
            )

    def listen(now: datetime) -> None:
        prompts = {"unclear": "unclear", "change": "would_change", "way": "in_the_way"}
        for author, prompt, text, answer, sentence in goal.inputs:
            said = goals.give_input(
                made[0], by=story.persons[author], now=now, **{prompts[prompt]: text}
            )
            goals.answer_input(said, answer=answer, answer_text=sentence, by=owner, now=now)

    story.on(-20, draft)
    story.on(-10, listen)
    story.on(-3, lambda now: goals.commit(made[0], by=owner, now=now))
    for outcome in goal.outcomes:
        if outcome.amended:
            _amend_later(story, outcome, owner)


def _define(
    story: Story, objective: Objective, outcome: Outcome, owner: User, now: datetime
) -> KeyResult:
    low_bound, high_bound = outcome.bounds
    key_result = goals.define_key_result(
        objective,
        title=outcome.title,
        kind=outcome.kind,
        team=objective.team,
        metric=outcome.metric,
        measured_by=outcome.measured_by,
        unit=outcome.unit,
        decimals=outcome.decimals,
        baseline=number(outcome.baseline),
        target=number(outcome.target),
        low=number(outcome.low),
        high=number(outcome.high),
        bound_low=number(low_bound),
        bound_high=number(high_bound),
        ambition=outcome.ambition,
        effect_from=None if outcome.effect_from is None else story.day(outcome.effect_from),
        by=owner,
    )
    agree_to_report(story, key_result, outcome.team, by=owner, now=now)
    return key_result


def _amend_later(story: Story, outcome: Outcome, owner: User) -> None:
    day, target, reason = outcome.amended or (0, "", "")

    def amend(now: datetime) -> None:
        key_result = KeyResult.objects.get(pk=story.outcomes[outcome.title].pk)
        goals.amend_target(key_result, target=Decimal(target), reason=reason, by=owner, now=now)

    story.on(day, amend)


def _place(story: Story, bet: Bet) -> None:
    team, author = story.teams[bet.team], story.persons[bet.by]
    put: dict[str, Any] = {
        "title": bet.title,
        "believe": bet.believe,
        "will": bet.will,
        "know_when": bet.know_when,
    }

    def propose(now: datetime) -> None:
        aim = Aim(story.outcomes[bet.moves], number(bet.effect), story.day(bet.by_when))
        if bet.suggested_by:
            by = story.persons[bet.suggested_by]
            story.bets[bet.title] = means.suggest(team=team, aims=[aim], by=by, now=now, **put)
            return
        stops = []
        if bet.stop:
            observable, comparator, limit, day = bet.stop
            stops = [Stop(observable, story.day(day), KillCriterion.Comparator(comparator), limit)]
        if bet.stop_on_value:
            comparator, limit, day = bet.stop_on_value
            compared = KillCriterion.Comparator(comparator)
            stops.append(Stop("", story.day(day), compared, "", aim.key_result, number(limit)))
        story.bets[bet.title] = means.propose(
            team=team, aims=[aim], stops=stops, no_criteria_because=bet.because,
            cost_note=bet.cost, by=author, now=now,
            continues=story.fresh(bet.continues) if bet.continues else None, **put,
        )  # fmt: skip

    def end(verb: Callable[..., object], now: datetime, **said: str) -> None:
        verb(story.fresh(bet.title), by=author, now=now, **said)

    story.on(bet.proposed, propose, hour=9)
    if bet.taken_over is not None:
        story.on(bet.taken_over, lambda now: end(means.take_over, now))
    if bet.started is not None:
        story.on(bet.started, lambda now: end(means.start, now), hour=11)
    if bet.paused:
        day, why, again = bet.paused
        story.on(
            day,
            lambda now: means.pause(
                story.fresh(bet.title),
                reason=why,
                look_again_on=story.day(again),
                by=author,
                now=now,
            ),
        )
    if bet.finished:
        day, delivered, learning = bet.finished
        story.on(day, lambda now: end(means.finish, now, delivered=delivered, learning=learning))
    if bet.killed:
        day, reason, learning = bet.killed
        story.on(day, lambda now: end(means.kill, now, reason=reason, learning=learning))
    if bet.swapped:
        day, reason, learning, successor = bet.swapped
        story.on(
            day,
            lambda now: means.swap(
                story.fresh(bet.title),
                reason=EndReason(reason),
                learning=learning,
                successor=story.fresh(successor),
                by=author,
                now=now,
            ),
        )
    _look_at_it(story, bet)
    _talk(story, bet)


def _look_at_it(story: Story, bet: Bet) -> None:
    """Notes along the way, and the answer to a stop mark whose day came."""
    author = story.persons[bet.by]
    for day, seen in bet.evidence:

        def note(now: datetime, day: int = day, seen: str = seen) -> None:
            on = min(story.day(day), story.today)  # early in the week it is seen only now
            means.add_evidence(story.fresh(bet.title), day=on, text=seen, by=author, now=now)

        story.on(day, note, hour=13)
    if bet.went_on:
        day, because = bet.went_on
        story.on(
            day,
            lambda now: means.go_on(
                story.bets[bet.title].kill_criteria.get(),
                because=because,
                is_reached=False,
                by=author,
                now=now,
            ),
            hour=13,
        )


def _talk(story: Story, bet: Bet) -> None:
    """What leaders say against it, what the team makes of it, and who reads what it taught."""
    author = story.persons[bet.by]
    if bet.objected:
        day, leader, sentence, why = bet.objected
        story.on(
            day,
            lambda now: means.object_to(
                story.fresh(bet.title),
                constraint=Constraint.objects.get(sentence=sentence),
                reason=why,
                by=story.persons[leader],
                now=now,
            ),
            hour=15,
        )
    if bet.met:
        day, changed = bet.met
        story.on(
            day,
            lambda now: means.meet_objection(
                Objection.objects.get(initiative=story.bets[bet.title]),
                text=changed,
                by=author,
                now=now,
            ),
            hour=16,
        )
    if bet.verdict:
        day, kind, evidence = bet.verdict
        story.on(
            day,
            lambda now: means.give_verdict(
                story.fresh(bet.title).links.get(),
                kind=Verdict.Kind(kind),
                evidence=evidence,
                by=author,
                now=now,
            ),
            hour=17,
        )
    if bet.opened_by:
        teams = [story.teams[name].pk for name in bet.opened_by]
        story.on(
            THIS_WEEK * 7 - 4,
            lambda now: means.open_learning(story.fresh(bet.title), teams=teams),
            hour=18,
        )


def _check_in(story: Story, name: str, week: int, cycle: Cycle) -> None:
    outcomes = [o for goal in GOALS for o in goal.outcomes if o.team == name]
    open_now = week == THIS_WEEK and name in OPEN_THIS_WEEK
    if not outcomes or open_now or week in {*MISSED.get(name, ()), *OFF.get(name, ())}:
        return
    since = EVERY_TWO_WEEKS.get(name, week)
    if week > since and (week - since) % 2:
        return
    team = story.teams[name]
    _parent, leader, members, *_rest = TEAMS[name]
    author = story.persons[(leader, *members)[week % (1 + len(members))]]
    late = week in LATE.get(name, ())

    def submit(now: datetime) -> None:
        said = {
            story.outcomes[o.title]: checkins.Said(
                number(o.values[week - 1]), o.confidence[week - 1], o.sentences.get(week, "")
            )
            for o in outcomes
        }
        words = {
            story.fresh(bet.title): checkins.Word(*bet.words[week])
            for bet in BETS
            if bet.team == name and week in bet.words
        }
        checkins.submit(
            team=team, week=story.day(7 * (week - 1)), cycle=cycle, key_results=said,
            initiatives=words, by=author, now=now,
        )  # fmt: skip

    story.on(7 * (week - 1) + (FRIDAY + 1 if late else FRIDAY), submit, hour=15)


def _go_away(story: Story) -> None:
    """Weeks off, and a rhythm of one's own."""
    for name, weeks in OFF.items():
        _parent, leader, *_rest = TEAMS[name]
        mondays = [story.day(7 * (week - 1)) for week in weeks]

        def mark(now: datetime, name: str = name, by: str = leader, off: Any = mondays) -> None:
            team = Team.objects.get(pk=story.teams[name].pk)
            checkins.mark_weeks_off(team=team, weeks=off, by=story.persons[by], now=now)

        story.on(7 * (min(weeks) - 2), mark)
    for name, week in EVERY_TWO_WEEKS.items():
        _parent, leader, _members, decides_alone, limit = TEAMS[name]
        first = story.day(7 * (week - 1))

        def slow(now: datetime, name: str = name, by: str = leader, words: str = decides_alone,
                 limit: int | None = limit, first: date = first) -> None:  # fmt: skip
            team = Team.objects.get(pk=story.teams[name].pk)
            people.set_rhythm(
                team, decides_alone=words, active_limit=limit, rhythm=Rhythm.TWO_WEEKS,
                first_week=first, by=story.persons[by],
            )  # fmt: skip

        story.on(7 * (week - 1), slow, hour=8)


def _meet(story: Story, cycle: Cycle) -> None:
    """The review meeting of week 5: two decisions, one of them done by now."""

    def hold(now: datetime) -> None:
        mara = story.persons["Mara Petersen"]
        team = Team.objects.get(pk=story.teams["Lindenmarkt"].pk)
        meeting = checkins.open_review(team=team, cycle=cycle, by=mara, now=now)
        late = KeyResult.objects.get(pk=story.outcomes["Orders delivered on the promised day"].pk)
        checkins.note_decision(
            meeting, key_result=late, by=mara, now=now, who=story.persons["Jonas Albrecht"],
            what="Compare what a second carrier for the north would cost, Saturdays included.",
            by_when=story.day(53),
        )  # fmt: skip
        done = checkins.note_decision(
            meeting, key_result=None, by=mara, now=now, who=mara,
            what="Look at the numbers on Thursdays, a day before the check-ins are due.",
            by_when=story.day(39),
        )  # fmt: skip
        half_an_hour_later = now + timedelta(minutes=31)
        checkins.end_review(meeting, by=mara, now=half_an_hour_later)
        checkins.finish_decision(done, by=mara, now=now + timedelta(days=4))

    story.on(33, hold, hour=14)


def _ask_for_help(story: Story) -> None:
    def ask(now: datetime) -> None:
        checkins.ask_for_help(
            team=story.teams["Delivery"],
            text="Give us a second carrier for the north. Without Saturdays we end where we began.",
            asked=story.persons["Mara Petersen"],
            by_when=story.today + timedelta(days=4),
            by=story.persons["Karim Haddad"],
            now=now,
        )

    def settle(now: datetime) -> None:
        asked = checkins.ask_for_help(
            team=story.teams["Checkout"],
            text="Sign the contract with Amazon, or tell us why not.",
            asked=story.persons["Mara Petersen"],
            by_when=story.day(32),
            by=story.persons["Ines Kaya"],
            now=now,
        )
        checkins.answer_help(
            asked,
            answer="Signed. Legal wants the addresses to stay in Frankfurt; they do.",
            by=story.persons["Mara Petersen"],
            now=now + timedelta(days=2),
        )

    story.on(28, settle)
    story.on(42, ask)


def _prepare_next_cycle(story: Story) -> None:
    """Goals of the next quarter: one open for input, with one input still to answer; one draft."""
    jonas = story.persons["Jonas Albrecht"]

    def open_next(now: datetime) -> None:
        cycle = _plan_cycle(story, first_day=91)
        objective = goals.draft(
            team=story.teams["Fulfilment"], cycle=cycle, title="Send nothing twice", by=jonas,
            now=now, why="One parcel in eleven comes back. Each return costs us €7 and a shopper’s "
            "patience.", not_doing="Making returns harder.",
        )  # fmt: skip
        returned = goals.define_key_result(
            objective, title="Parcels that come back", kind="decrease", by=jonas,
            team=objective.team, unit="%", baseline=Decimal("9.1"), target=Decimal(6),
            metric="Parcels returned within 30 days, of all sent", bound_low=Decimal(0),
            bound_high=Decimal(100),
        )  # fmt: skip
        agree_to_report(story, returned, "Delivery", by=jonas, now=now)
        corrected = goals.define_key_result(
            objective, title="Orders corrected before they leave", kind="increase", by=jonas,
            team=objective.team, unit="%", target=Decimal(40),
            baseline_by=story.day(98), bound_low=Decimal(0), bound_high=Decimal(100),
            metric="Wrong sizes and addresses put right before packing, of all that were wrong",
        )  # fmt: skip
        goals.ask_to_report(
            corrected, team=story.teams["Service"], by=jonas, now=now,
            word="Shoppers tell you of a wrong size before we know of it.",
        )  # fmt: skip
        asked = [story.persons[n] for n in ("Karim Haddad", "Sofie Lindqvist", "Ines Kaya")]
        goals.open_for_input(objective, until=story.day(63), people=asked, by=jonas, now=now)
        first = goals.give_input(
            objective, by=story.persons["Sofie Lindqvist"], now=now,
            unclear="Does an exchange count as a return?",
        )  # fmt: skip
        goals.answer_input(
            first, answer="adopted", by=jonas, now=now,
            answer_text="No. An exchange is a second chance; the metric says so now.",
        )  # fmt: skip
        goals.give_input(
            objective, by=story.persons["Karim Haddad"], now=now,
            in_the_way="We see the reason for a return only when the parcel is back in Halle.",
        )  # fmt: skip
        goals.draft(
            team=story.teams["Lindenmarkt"], cycle=cycle, by=story.persons["Mara Petersen"],
            now=now, title="Be the shop that people recommend to their parents",
            why="Half of our growth comes from people who were told about us.",
        )  # fmt: skip

    story.on(37, open_next)
