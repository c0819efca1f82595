"""The people every test knows, and how they visit a page."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.signing import Signer
from django.http import HttpResponse
from django.test import Client

from apps.objectives.models import Cycle, KeyResult
from apps.organisation.models import Organisation, Team, User
from tests.factories import (
    NOW,
    CycleFactory,
    KeyResultFactory,
    ObjectiveFactory,
    OrganisationFactory,
    TeamFactory,
    UserFactory,
)


class Visitor(Client):
    """Someone at a browser; `send` posts a form as the page would, with its one-time key."""

    def __init__(self, person: User | None) -> None:
        super().__init__()
        self.person = person
        if person:
            self.force_login(person, backend="apps.organisation.sign_in.SignInBackend")

    def new_key(self, url: str) -> str:
        path = url.partition("?")[0]
        whose = self.person.pk if self.person else None
        return Signer(salt="once").sign(f"{whose}:{path}:{uuid4().hex}")

    def send(self, url: str, typed: dict[str, Any] | None = None, *, htmx: bool = False) -> Any:
        body = {"once": self.new_key(url), **(typed or {})}
        headers = {"HX-Request": "true"} if htmx else {}
        return self.post(url, body, headers=headers)

    def get_htmx(self, url: str) -> HttpResponse:
        return self.get(url, headers={"HX-Request": "true"})


@pytest.fixture(autouse=True)
def friday_of_week_seven(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test happens at the same instant; a browser keeps its own clock, so not there."""
    if "live_server" in request.fixturenames:
        yield
        return
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visit(organisation: Organisation) -> Callable[[User | None], Visitor]:
    return Visitor


@pytest.fixture
def organisation(db: None) -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def root(organisation: Organisation) -> Team:
    return TeamFactory(name="Lindenmarkt", slug="lindenmarkt", parent=None)


@pytest.fixture
def area(root: Team) -> Team:
    return TeamFactory(name="Shop", slug="shop", parent=root)


@pytest.fixture
def team(area: Team) -> Team:
    return TeamFactory(name="Checkout", slug="checkout", parent=area)


@pytest.fixture
def other_team(root: Team) -> Team:
    """On another branch of the tree."""
    return TeamFactory(
        name="Delivery",
        slug="delivery",
        parent=TeamFactory(name="Fulfilment", slug="fulfilment", parent=root),
    )


@pytest.fixture
def leader(team: Team) -> User:
    return UserFactory(name="Ines Kaya", leads=team)


@pytest.fixture
def member(team: Team) -> User:
    return UserFactory(name="Tom Richter", works_in=team)


@pytest.fixture
def leader_above(root: Team) -> User:
    return UserFactory(name="Mara Petersen", leads=root)


@pytest.fixture
def neighbour(other_team: Team) -> User:
    """Leads a team of another branch, so a refusal is about this team and not about rank."""
    return UserFactory(name="Karim Haddad", leads=other_team)


@pytest.fixture
def observer(team: Team) -> User:
    return UserFactory(name="Otto Brandt", observes=team)


@pytest.fixture
def administrator(root: Team) -> User:
    return UserFactory(name="Hanna Weiss", is_administrator=True)


@pytest.fixture
def deactivated(team: Team) -> User:
    """Once a member of the team."""
    return UserFactory(name="Gone Away", works_in=team, is_active=False)


@pytest.fixture
def cycle(organisation: Organisation) -> Cycle:
    return CycleFactory()


@pytest.fixture
def objective(team: Team, cycle: Cycle, leader: User) -> Any:
    """A committed objective of the team."""
    return ObjectiveFactory(
        team=team, cycle=cycle, owner=leader, title="Create a world-class checkout experience"
    )


@pytest.fixture
def key_result(objective: Any) -> KeyResult:
    """From 52 % to 65 %, reported by the team."""
    return KeyResultFactory(objective=objective, title="Checkout conversion rate")
