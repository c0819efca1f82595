"""One thing that waits for a person, and how a kind of thing says for whom it waits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from apps.objectives.models import Cycle
from apps.organisation.models import User


class Waiting(NamedTuple):
    """One thing, with its one button; `goal` is what it is about, in the voice of goals.

    `due` is the day as a column shows it. What opens here shows itself in its row, where a page
    of its own would only be in the way.
    """

    day: date
    due: str
    title: str
    text: str
    url: str
    verb: str
    goal: str = ""
    opens_here: bool = False


@dataclass(frozen=True)
class Whose:
    """Who asks, and when; the cycle is the one that runs, if any does."""

    user: User
    today: date
    cycle: Cycle | None


@dataclass(frozen=True)
class Kind:
    """`find` says which rows wait for this person; `columns` what `tell` needs of each.
    Where only numbers say whether a row waits, `tell` says None.

    All kinds are asked in one query, as columns in JSON: a day arrives as a text, read by `tell`.
    """

    name: str
    find: Callable[[Whose], QuerySet[Any]]
    columns: dict[str, Any]
    tell: Callable[[dict[str, Any], Whose], Waiting | None]
