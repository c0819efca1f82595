"""Revisions of a briefing as they are shown: whole, or with what is new and what is gone."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from apps.alignment import difference
from apps.alignment.difference import Kind, Piece

TAGS = {Kind.GONE: "del", Kind.NEW: "ins"}


class Text(Protocol):
    """What a revision says: a row, or what a page has read of it."""

    @property
    def context(self) -> str: ...
    @property
    def one_up(self) -> str: ...
    @property
    def two_up(self) -> str: ...
    @property
    def intent(self) -> str: ...
    @property
    def tasks(self) -> list[str]: ...
    @property
    def main_effort(self) -> int | None: ...
    @property
    def freedoms(self) -> str: ...
    @property
    def main_task(self) -> str: ...


class Task(NamedTuple):
    words: SafeString
    is_main: bool


class Shown(NamedTuple):
    """Prompt by prompt, ready to be placed."""

    context: SafeString
    one_up: SafeString
    two_up: SafeString
    intent: SafeString
    tasks: list[Task]
    freedoms: SafeString


def whole(revision: Text) -> Shown:
    return Shown(
        context=_paragraphs(revision.context),
        one_up=_paragraphs(revision.one_up),
        two_up=_paragraphs(revision.two_up),
        intent=_paragraphs(revision.intent),
        tasks=[
            Task(conditional_escape(task), number == revision.main_effort)
            for number, task in enumerate(revision.tasks, start=1)
        ],
        freedoms=_paragraphs(revision.freedoms),
    )


def between(old: Text, new: Text) -> Shown:
    """The newer one, with what is gone since the older one struck and what is new marked."""

    def compared(name: str) -> SafeString:
        return marked(difference.words(getattr(old, name), getattr(new, name)))

    return Shown(
        context=compared("context"),
        one_up=compared("one_up"),
        two_up=compared("two_up"),
        intent=compared("intent"),
        tasks=_tasks(old, new),
        freedoms=compared("freedoms"),
    )


def marked(pieces: Iterable[Piece]) -> SafeString:
    """Blanks stand outside the marks, so that a mark begins and ends with a word."""
    told: list[SafeString] = []
    before = None
    for piece in pieces:
        if before == Kind.GONE and not piece.text[:1].isspace():
            told.append(SafeString(" "))  # what took its place at the beginning of the text
        told.append(_piece(piece))
        before = piece.kind
    return format_html_join("", "{}", ((one,) for one in told))


def _tasks(old: Text, new: Text) -> list[Task]:
    return [
        Task(marked(pieces), is_main=_is_main(pieces, new))
        for pieces in difference.lines(old.tasks, new.tasks)
    ]


def _is_main(pieces: Sequence[Piece], new: Text) -> bool:
    kept = "".join(piece.text for piece in pieces if piece.kind != Kind.GONE)
    return bool(kept) and kept.split() == new.main_task.split()


def _piece(piece: Piece) -> SafeString:
    text = piece.text.lstrip()
    before = " " if len(text) < len(piece.text) else ""
    words = _paragraphs(text)
    tag = TAGS.get(piece.kind)
    if tag is None or not text:
        return format_html("{}{}", before, words)
    return format_html("{}<{}>{}</{}>", before, mark_safe(tag), words, mark_safe(tag))  # noqa: S308


def _paragraphs(text: str) -> SafeString:
    """Line ends as they were typed."""
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.splitlines()))
