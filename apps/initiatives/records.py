"""The record of an initiative of with_record(), as its rows: to read, never to save."""

from datetime import date, datetime
from typing import Any

from apps.initiatives.models import Evidence, Initiative, InitiativeMove, Verdict
from apps.organisation.models import User


def moves_of(initiative: Initiative) -> list[InitiativeMove]:
    """The latest first."""
    return [
        InitiativeMove(
            **_signed({name: value for name, value in row.items() if name != "brought_in_by"}),
            brought_in_by=User(name=row["brought_in_by"]) if row["brought_in_by"] else None,
        )
        for row in initiative.moves_made
    ]


def notes_of(initiative: Initiative) -> list[Evidence]:
    """The latest first."""
    return [
        Evidence(**_signed(row) | {"day": date.fromisoformat(row["day"])})
        for row in initiative.notes_made
    ]


def verdicts_on(initiative: Initiative) -> list[Verdict]:
    """In the order in which they were given."""
    return [
        Verdict(**_signed(row) | {"ask_again_on": _day(row["ask_again_on"])})
        for row in initiative.verdicts_given
    ]


def _signed(row: dict[str, Any]) -> dict[str, Any]:
    words = {name: value for name, value in row.items() if name not in {"name", "at"}}
    if "at" in row:
        words["at"] = datetime.fromisoformat(row["at"])
    return words | {"by": User(name=row["name"])}


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
