"""What two people type into one draft, put together field by field. Texts in, texts out.

`seen` is the draft as a page last knew it. A field that only one of the two changed since
then is taken from that one; a field that both changed differently is a clash.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

Fields = Mapping[str, str]


class Typed(NamedTuple):
    """What a page sends: its fields, and what they were when it last saved or was drawn."""

    fields: Fields
    seen: Fields


class Clash(NamedTuple):
    name: str
    mine: str
    theirs: str


def merge(
    typed: Typed, stored: Fields, *, own: Collection[str] = ()
) -> tuple[dict[str, str], list[Clash]]:
    """The draft that holds both, with mine where they clash; and where they do.

    `own` are the fields that I changed last myself: a save whose answer got lost is no clash.
    """
    merged, clashes = {**stored, **typed.fields}, []
    for name, mine in typed.fields.items():
        seen, theirs = typed.seen.get(name, ""), stored.get(name, "")
        if mine == seen:
            merged[name] = theirs
        elif theirs not in (seen, mine) and name not in own:
            clashes.append(Clash(name, mine, theirs))
    return merged, clashes


def holds_newer(typed: Typed, stored: Fields, *, own: Collection[str] = ()) -> bool:
    """Whether someone else's draft holds what this page doesn't show."""
    merged, clashes = merge(typed, stored, own=own)
    return bool(clashes) or any(merged[name] != text for name, text in typed.fields.items())
