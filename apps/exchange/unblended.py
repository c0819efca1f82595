"""A list that somebody pasted to tell goals from means: its text, and what became of each line."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from apps.exchange.unblend import Kind, Sorted, sort
from apps.objectives.models import Cycle
from apps.organisation.models import Team, User


@dataclass(frozen=True)
class Choice:
    """What a line is, as the person says; figures as plain digits."""

    kind: Kind
    start: str = ""
    target: str = ""
    unit: str = ""
    moves: str = ""
    will: str = ""
    know_when: str = ""

    @classmethod
    def proposed(cls, line: Sorted) -> Self:
        figures = line.judgement.figures
        return cls(
            kind=line.kind,
            start=_plain(figures.baseline),
            target=_plain(figures.target),
            unit=figures.unit[:20],
            will=line.judgement.hidden_outcome,
        )

    @property
    def figures(self) -> tuple[Decimal | None, Decimal | None]:
        start, target = (Decimal(text) if text else None for text in (self.start, self.target))
        return start, target


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


@dataclass(frozen=True)
class Line:
    sorted: Sorted
    choice: Choice
    # Where it stands now: the kind of object and its number; none before it is created.
    became: tuple[str, int] | None

    @property
    def text(self) -> str:
        return self.sorted.text

    @property
    def kind(self) -> Kind:
        return self.choice.kind


class UnblendedListQuerySet(models.QuerySet["UnblendedList"]):
    def visible_to(self, user: User) -> Self:
        """Like the drafts it becomes: to the leadership of its team."""
        if not user.is_active:
            return self.none()
        leads = list(user.standing.leads)
        return self.filter(Q(team__in=leads) | Q(team__ancestor_ids__overlap=leads))


class UnblendedList(models.Model):
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    # As it was pasted; the lines are read from it anew, so it never changes.
    text = models.TextField()
    is_table = models.BooleanField(default=False)
    # The objective, where none of the lines is one.
    objective_title = models.CharField(max_length=160, blank=True)
    # One a line: see Choice, and Line.became.
    choices = models.JSONField(default=list)
    became = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pasted_at = models.DateTimeField()
    created_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = UnblendedListQuerySet.as_manager()

    class Meta:
        ordering = ["-pasted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.team}, {self.cycle}"

    def get_absolute_url(self) -> str:
        return reverse("exchange:unblended", args=[self.pk])

    @cached_property
    def lines(self) -> list[Line]:
        choices = [Choice(**(stored | {"kind": Kind(stored["kind"])})) for stored in self.choices]
        became = self.became or [None] * len(choices)
        return [
            Line(line, choice, place and tuple(place))
            for line, choice, place in zip(
                sort(self.text, is_table=self.is_table), choices, became, strict=True
            )
        ]

    def choose(self, choices: list[Choice]) -> None:
        self.choices = [asdict(choice) for choice in choices]
        self.__dict__.pop("lines", None)

    def chosen(self, kind: Kind) -> list[Line]:
        return [line for line in self.lines if line.kind is kind]

    @property
    def is_created(self) -> bool:
        return self.created_at is not None
