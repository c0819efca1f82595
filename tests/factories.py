"""Build the smallest valid object; a test names only what it is about.

Objects whose birth is a verb (an initiative is proposed, an objective is drafted) are made
by that verb's action, in the make_… functions of each app's tests.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from django.contrib.auth.models import Permission

from apps.objectives.models import Cycle, KeyResult, Objective
from apps.objectives.units import UnitKind, read_unit
from apps.organisation.models import Organisation, Team, TeamGrant, User

# The day on which every test happens: a Friday, day 46 of 90, in week 7 of 13.
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
STARTS = date(2026, 10, 5)


def at(day: date, hour: int = 12) -> datetime:
    """An instant on that day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation
        django_get_or_create = ("id",)

    id = 1
    name = "Lindenmarkt"


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence("Team {}".format)
    slug = factory.Sequence("team-{}".format)
    ancestor_ids = factory.LazyAttribute(
        lambda team: [*team.parent.ancestor_ids, team.parent.pk] if team.parent else []
    )


def grant(codename: str, person: User, team: Team) -> TeamGrant:
    return TeamGrant.objects.create(
        user=person,
        content_object=team,
        permission=Permission.objects.get(codename=codename),
        granted_at=at(STARTS),
    )


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("person{}@example.org".format)
    name = factory.Sequence("Person {}".format)
    password = "!"

    @factory.post_generation
    def leads(user: User, create: bool, team: Team | None, **kwargs: Any) -> None:
        if team:
            grant("lead_team", user, team)

    @factory.post_generation
    def works_in(user: User, create: bool, team: Team | None, **kwargs: Any) -> None:
        if team:
            grant("belong_to_team", user, team)

    @factory.post_generation
    def observes(user: User, create: bool, team: Team | None, **kwargs: Any) -> None:
        if team:
            grant("observe_team", user, team)


class CycleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cycle
        django_get_or_create = ("slug",)

    name = "Fourth quarter 2026"
    slug = "2026-q4"
    starts = STARTS
    ends = STARTS + timedelta(days=90)
    input_opens = STARTS - timedelta(days=21)
    input_closes = STARTS - timedelta(days=3)
    state = Cycle.State.RUNNING


def bring(cycle: Cycle, state: str) -> None:
    """Step by step, as its machine goes; the database takes no other way."""
    way = list(Cycle.State.values)
    for step in way[way.index(cycle.state) + 1 : way.index(state) + 1]:
        cycle.state = step
        cycle.save(update_fields=["state"])


class ObjectiveFactory(factory.django.DjangoModelFactory):
    """A committed objective; state=… for another."""

    class Meta:
        model = Objective

    team = factory.SubFactory(TeamFactory)
    cycle = factory.SubFactory(CycleFactory)
    title = factory.Sequence("Objective {}".format)
    why = "Because it matters."
    owner = factory.SubFactory(UserFactory)
    state = Objective.State.COMMITTED
    created_at = at(STARTS - timedelta(days=20))
    committed_by = factory.LazyAttribute(
        lambda o: o.owner if o.state in {"committed", "closed", "abandoned"} else None
    )
    committed_at = factory.LazyAttribute(
        lambda o: at(STARTS - timedelta(days=2)) if o.committed_by else None
    )


def told_of(unit: str) -> str:
    """The kind that a unit says by itself, where it is kept as it stands."""
    kind, kept = read_unit(unit)
    return kind if kept == unit else UnitKind.FREE


class KeyResultFactory(factory.django.DjangoModelFactory):
    """From 52 % to 65 %."""

    class Meta:
        model = KeyResult

    objective = factory.SubFactory(ObjectiveFactory)
    team = factory.SelfAttribute("objective.team")
    title = factory.Sequence("Key result {}".format)
    unit_kind = factory.LazyAttribute(lambda row: told_of(row.unit))
    unit = "%"
    kind = KeyResult.Kind.INCREASE
    baseline = 52
    target = 65
    bound_low = 0
    bound_high = 100
