"""What must hold before something is done; a sentence for the person where it doesn't."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from apps.initiatives.models import Initiative, InitiativeLink
from apps.objectives.models import Cycle, KeyResult
from apps.organisation.locks import hold_for_share
from apps.organisation.models import Team, User


def must_lead_on(initiative: Initiative, verb: str) -> None:
    if initiative.can(verb):
        return
    if not initiative.is_live:
        raise ValidationError(has_ended(initiative))
    raise ValidationError(
        _("“%(title)s” is %(status)s now, so this can’t be done any more.")
        % {"title": initiative, "status": initiative.get_status_display().lower()}
    )


def has_ended(initiative: Initiative) -> str:
    return _(
        "“%(title)s” has ended, and an end is final. "
        "To take it up again, propose a new one that continues it."
    ) % {"title": initiative}


def must_have_ended(former: Initiative) -> None:
    """Read now; an end is final, so nothing has to be held."""
    if Initiative.objects.live().filter(pk=former.pk).exists():
        raise ValidationError(
            {
                "continues": _("“%(title)s” has not ended. Change it, or swap it.")
                % {"title": former}
            }
        )


def must_be_whole(initiative: Initiative) -> None:
    if missing := what_is_missing(initiative):
        raise ValidationError(missing)


def what_is_missing(initiative: Initiative) -> list[str]:
    """Before it may be active; read now, with its goals held as they are."""
    if ids := list(initiative.links.values_list("key_result", flat=True)):
        _hold_goals(ids)
    links = InitiativeLink.objects.select_related("key_result__objective__cycle")
    prefetch_related_objects([initiative], Prefetch("links", queryset=links), "kill_criteria")
    return initiative.missing_to_start()


def works_in(team: Team, person: User) -> bool:
    return person.is_active and team.pk in person.standing.works_in


def must_work_in(team: Team, lead: User) -> None:
    if not works_in(team, lead):
        raise ValidationError(
            {
                "lead": _("%(name)s does not belong to %(team)s.")
                % {"name": lead.name, "team": team.name}
            }
        )


def must_be_open(key_results: Iterable[KeyResult]) -> None:
    """A new bet goes on a goal that is on the table: open for input or committed."""
    ids = [key_result.pk for key_result in key_results]
    if not ids:
        return
    _hold_goals(ids)
    if KeyResult.objects.on_the_table().filter(pk__in=ids).count() < len(ids):
        raise ValidationError(_("This key result is no longer open. Choose another."))


def serves_a_commitment(key_results: Iterable[int]) -> bool:
    """Whether one of these belongs to a committed objective, in a cycle still open."""
    found = KeyResult.objects.on_the_table().committed()
    return found.filter(pk__in=list(key_results)).exists()


def _hold_goals(key_result_ids: list[int]) -> None:
    """Neither the cycle closes nor the objective ends until we have written."""
    hold_for_share(Cycle.objects.filter(objectives__key_results__in=key_result_ids))
