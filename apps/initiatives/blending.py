"""What a list of goals and means together would say, to show how misleading that is.

Tried on paper: nothing here is stored, and none of it is ever an objective's progress.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.initiatives.models import LIVE, Initiative, Status
from apps.objectives import scoring
from apps.objectives.models import Objective
from apps.objectives.scoring import Blend


class Try(TextChoices):
    """What may be done to an initiative on paper; each leaves every outcome where it is."""

    LEAVE = "leave", _("leave it")
    KILL = "kill", _("kill it")
    SPLIT = "split", _("split it in two")
    SHIP = "ship", _("ship it, without effect")


@dataclass(frozen=True)
class Tried:
    initiative: Initiative
    share: Decimal | None = None  # nobody has said how far it is
    move: str = Try.LEAVE

    @property
    def is_done(self) -> bool:
        return self.initiative.status == Status.DONE

    @property
    def shown(self) -> Decimal:
        """What the blend takes it for, before anything is done to it."""
        if self.is_done:
            return scoring.ONE
        return scoring.UNDER_WAY if self.share is None else self.share

    @property
    def shares(self) -> list[Decimal | None]:
        """Its lines in the blended list."""
        if self.is_done or self.move == Try.SHIP:
            return [scoring.ONE]
        times = {Try.KILL: 0, Try.SPLIT: 2}.get(Try(self.move), 1)
        return [self.share] * times


def blended(outcomes: Sequence[Decimal | None], tried: Sequence[Tried]) -> Blend:
    """outcomes: the shown progress of the key results that move."""
    return scoring.blend(outcomes, [share for one in tried for share in one.shares])


def in_the_list(objective: Objective) -> list[Initiative]:
    """What a blended list of this objective would hold: the live and the finished. One query."""
    found = Initiative.objects.filter(
        status__in=[*LIVE, Status.DONE], links__key_result__objective=objective
    )
    return list(found.select_related("team").order_by("pk").distinct())
