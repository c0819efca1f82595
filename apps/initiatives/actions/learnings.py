"""Who found what others learned: kept by team, for the figures."""

from collections.abc import Collection

from apps.initiatives.models import Initiative, LearningOpened


def open_learning(initiative: Initiative, *, teams: Collection[int]) -> None:
    """By people of these teams. Once each: a second time changes nothing, and no name is kept."""
    LearningOpened.objects.bulk_create(
        (LearningOpened(initiative=initiative, team_id=team) for team in sorted(teams)),
        ignore_conflicts=True,
    )
