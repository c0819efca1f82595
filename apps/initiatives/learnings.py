"""The library of what was learned: found by words and filters, told with expectation and effect.

The words are looked for by trigrams, so that a slip of the pen or another ending still finds; a
part of a word is found in any script.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import add, or_

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.initiatives.effects import Effect, effects_of
from apps.initiatives.models import (
    Initiative,
    InitiativeLink,
    InitiativeQuerySet,
    Status,
    Verdict,
)
from apps.initiatives.models.texts import TOLD
from apps.objectives.models import Cycle, Objective
from apps.organisation.models import Team, User

# Of what was typed, so many words are looked for; shorter ones are everywhere.
MOST_WORDS, SHORTEST = 8, 3
EXCERPT = 420


def words_of(typed: str) -> list[str]:
    found = [word for word in re.findall(r"\w+", typed) if len(word) >= SHORTEST]
    return list(dict.fromkeys(found))[:MOST_WORDS] or typed.split()[:1]


def library(user: User) -> InitiativeQuerySet:
    return Initiative.objects.visible_to(user).learnt()


def narrowed(
    found: InitiativeQuerySet, *, q: str = "", team: str = "", key_result: str = "",
    metric: str = "", ended: str = "", verdict: str = "", cycle: Cycle | None = None,
    held: Collection[str] = (),
) -> InitiativeQuerySet:  # fmt: skip
    """Each is empty where it does not matter. Best match first where words are sought; `held` are
    those of the words that stand somewhere as they were typed, so need no likeness."""
    if team:
        found = found.filter(team__name__icontains=team)
    if key_result or metric or verdict:
        links = InitiativeLink.objects.filter(initiative=OuterRef("pk"))
        if key_result:
            links = links.filter(key_result__title__icontains=key_result)
        if metric:
            links = links.filter(key_result__metric__icontains=metric)
        if verdict:
            links = links.with_verdict().filter(
                **({"verdict": None, "verdicts__kind": verdict}
                   if verdict == Verdict.Kind.TOO_EARLY else {"verdict": verdict})
            )  # fmt: skip
        found = found.filter(Exists(links))
    if ended:
        found = found.filter(status=ended)
    if cycle:
        found = found.filter(ended_at__date__range=(cycle.starts, cycle.ends))
    return _with_words(found, words_of(q), held) if q.strip() else found


def _with_words(
    found: InitiativeQuerySet, words: Sequence[str], held: Collection[str]
) -> InitiativeQuerySet:
    """With any of them, or one that is spelled nearly so."""
    near = [Q(told__contains=Upper(Value(word))) for word in words]
    near += [Q(told__trigram_word_similar=Upper(Value(word))) for word in words if word not in held]
    # Parts of words are counted, for to compare each match would cost forty times as much.
    ranks = [
        Case(
            When(title__icontains=word, then=Value(3)),
            When(told__contains=Upper(Value(word)), then=Value(2)),
            default=Value(0),
        )
        for word in words
    ]
    return (
        found.annotate(told=TOLD)
        .filter(reduce(or_, near))
        .annotate(rank=reduce(add, ranks))
        .order_by("-rank", "-ended_at", "-pk")
    )


def holds(found: InitiativeQuerySet, word: str) -> Exists:
    """Whether the word, or one that it is part of, stands anywhere in these."""
    return Exists(found.order_by().annotate(told=TOLD).filter(told__contains=Upper(Value(word))))


def of_team(found: InitiativeQuerySet, team: Team) -> InitiativeQuerySet:
    """Its own, and those of the teams below."""
    return found.filter(Q(team=team) | Q(team__ancestor_ids__contains=[team.pk]))


@dataclass(frozen=True)
class Learning:
    """Of an initiative of for_learnings(); `words` are marked where they stand."""

    initiative: Initiative
    words: Sequence[str] = ()

    @property
    def title(self) -> SafeString:
        return marked(self.initiative.title, self.words)

    @property
    def excerpt(self) -> SafeString:
        return marked(excerpt(self.initiative.learning, self.words), self.words)

    @property
    def meta(self) -> str:
        initiative = self.initiative
        words = {
            "team": initiative.team.name,
            "day": date_format(timezone.localdate(initiative.ended_at), "DATE_FORMAT"),
            "end": self._end,
        }
        return _("%(team)s, %(day)s · %(end)s") % words

    @property
    def _end(self) -> str:
        initiative = self.initiative
        match initiative.status:
            case Status.SWAPPED:
                return _("Killed, swapped for %(successor)s") % {"successor": initiative.successor}
            case Status.KILLED:
                return _("Killed: %(reason)s") % {"reason": initiative.get_end_reason_display()}
        return initiative.get_status_display()

    @cached_property
    def effects(self) -> list["Learnt"]:
        today = timezone.localdate(self.initiative.ended_at)
        return [Learnt(effect) for effect in effects_of(self.initiative, today=today)]


@dataclass(frozen=True)
class Learnt:
    """What was expected of one key result, what was seen, and what the team made of it."""

    effect: Effect

    @property
    def expected(self) -> SafeString:
        goal = format_html(
            '<a class="plainlink goal" href="{}" dir="auto">{}</a>',
            self.effect.key_result.get_absolute_url(), self.effect.key_result.title,
        )  # fmt: skip
        if not self.effect.expected:
            return format_html(_("something on {key_result}"), key_result=goal)
        return format_html(
            _("{expected} on {key_result}"), expected=self.effect.expected, key_result=goal
        )

    @property
    def seen(self) -> str:
        if not self.effect.change_text:
            return _("no number while it ran")
        return _("%(change)s, other causes possible") % {"change": self.effect.change_text}

    @property
    def verdict(self) -> str:
        verdict = self.effect.link.verdict
        return str(Verdict.Kind(verdict).label) if verdict else _("not given")


def marked(text: str, words: Iterable[str]) -> SafeString:
    """The words found, in <mark>; everything else escaped."""
    sought = "|".join(re.escape(word) for word in words)
    if not sought:
        return SafeString(escape(text))
    parts = re.split(f"({sought})", text, flags=re.IGNORECASE)
    whole = "".join(
        f"<mark>{escape(part)}</mark>" if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )
    return mark_safe(whole)  # noqa: S308 - each part is escaped


def excerpt(text: str, words: Iterable[str]) -> str:
    """A long learning begins a little before the first word that was sought."""
    if len(text) <= EXCERPT:
        return text
    found = [text.lower().find(word.lower()) for word in words]
    first = min((place for place in found if place >= 0), default=0)
    begins = max(0, first - EXCERPT // 4)
    before, after = "…" if begins else "", "…" if begins + EXCERPT < len(text) else ""
    return f"{before}{text[begins : begins + EXCERPT].strip()}{after}"


def learnt_on(
    objectives: "QuerySet[Objective]", *, since: date, without: Iterable[int]
) -> InitiativeQuerySet:
    """What other teams learned on these goals since that day."""
    links = InitiativeLink.objects.filter(
        initiative=OuterRef("pk"), key_result__objective__in=objectives.values("pk")
    )
    return (
        Initiative.objects.learnt()
        .filter(Exists(links), ended_at__date__gte=since)
        .exclude(team__in=list(without))
        .select_related("team")
    )
