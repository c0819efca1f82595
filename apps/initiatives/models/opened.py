from django.db import models

from apps.initiatives.models.initiative import Initiative
from apps.organisation.models import Team


class LearningOpened(models.Model):
    """Somebody of another team has opened what this one taught: once, with no name and no time."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="learning_opened"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="learning_is_opened_once_by_a_team", fields=["initiative", "team"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.initiative}"
