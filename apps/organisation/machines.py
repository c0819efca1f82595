"""Every state machine of the product, as data: what may become what, by which verb, for what.

Each app lists its own in its transitions.py; `manage.py transitions` prints them all, and
tests/everywhere/test_transitions.py proves that nothing else is possible.
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from django.apps import apps
from django.db import models

NOWHERE = ""  # where a thing comes from when it is made


class Transition(NamedTuple):
    thing: str
    origin: str
    verb: str
    to: str
    demands: str


class Machine(NamedTuple):
    """`moves`: verb → (from where, to where); what is demanded stands in `demands` by verb.

    `field` keeps the state; empty, where it is told by who did it and when.
    """

    thing: str
    model: type[models.Model]
    field: str
    moves: Mapping[str, tuple[tuple[str, ...], str]]
    demands: Mapping[str, str]

    @property
    def transitions(self) -> list[Transition]:
        return [
            Transition(self.thing, str(origin), verb, str(to), self.demands[verb])
            for verb, (origins, to) in self.moves.items()
            for origin in origins
        ]

    @property
    def states(self) -> list[str]:
        return list(dict.fromkeys(
            str(state)
            for origins, to in self.moves.values() for state in (*origins, to)
            if state != NOWHERE
        ))  # fmt: skip


def machines() -> list[Machine]:
    """Of all apps, in the order in which they are installed."""
    named = [f"{config.name}.transitions" for config in apps.get_app_configs()]
    ours = [name for name in named if name.startswith("apps.")]
    found = [import_module(name) for name in ours if find_spec(name)]
    return [machine for module in found for machine in module.MACHINES]
