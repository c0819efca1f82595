"""Verdicts: those that are due, with what was expected and what was seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from apps.initiatives.effects import Effect, effect_since_start
from apps.initiatives.models import Initiative, InitiativeLink, Verdict
from apps.initiatives.records import verdicts_on
from apps.organisation.models import Team


@dataclass(frozen=True)
class VerdictDue:
    link: InitiativeLink
    effect: Effect

    @property
    def day(self) -> date:
        return self.link.asked_on

    @property
    def url(self) -> str:
        return reverse("initiatives:give_verdict", args=[self.link.pk])


@dataclass(frozen=True)
class VerdictRow:
    """Of one key result, as the page of the initiative tells it."""

    link: InitiativeLink
    effect: Effect
    given: list[Verdict]
    is_due: bool
    may_give: bool

    @property
    def final(self) -> Verdict | None:
        judged = [verdict for verdict in self.given if verdict.kind != Verdict.Kind.TOO_EARLY]
        return judged[0] if judged else None

    @property
    def url(self) -> str:
        return reverse("initiatives:give_verdict", args=[self.link.pk])


def verdicts_of(initiative: Initiative, *, today: date, may_give: bool) -> list[VerdictRow]:
    """Of for_page() and with_record(), once started; where it was stopped, only those given."""
    links = list(initiative.links.all())
    if initiative.started_at is None or not links:
        return []
    given: dict[int, list[Verdict]] = {}
    for verdict in verdicts_on(initiative):
        given.setdefault(verdict.link_id, []).append(verdict)
    will_be_asked = initiative.is_live or initiative.is_done
    return [
        VerdictRow(
            link=link,
            effect=Effect(link, timezone.localdate(initiative.started_at), today),
            given=given.get(link.pk, []),
            is_due=link.verdict_is_due(today),
            may_give=may_give,
        )
        for link in links
        if will_be_asked or link.pk in given
    ]


def verdicts_due(teams: Iterable[Team | int], *, today: date) -> list[VerdictDue]:
    """On which these teams are asked for a verdict, the longest overdue first. One query."""
    links = (
        InitiativeLink.objects.with_series()
        .with_verdict()
        .verdict_due(today)
        .filter(initiative__team__in=teams)
        .select_related("initiative__team", "key_result__objective__cycle")
    )
    due = [VerdictDue(link, effect_since_start(link, today=today)) for link in links]
    return sorted(due, key=lambda verdict: (verdict.day, verdict.link.pk))
