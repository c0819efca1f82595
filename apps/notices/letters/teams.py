"""One's place in a team."""

from django.utils.translation import gettext as _

from apps.notices.letters.letter import Desk, Letter
from apps.organisation.models import Invitation, OutboxMessage, TeamGrant


def member_added(message: OutboxMessage, desk: Desk) -> Letter | None:
    """To the person, and to the team that somebody from outside has added the person to."""
    grant = (
        TeamGrant.objects.filter(pk=message.thing_pk)
        .select_related("content_object", "user", "granted_by", "permission")
        .first()
    )
    if grant is None or grant.granted_by is None or _knows(grant, message):
        return None
    words = {
        "name": grant.granted_by.name,
        "person": grant.user.name,
        "team": grant.content_object.name,
    }
    return Letter(
        subject=(_of_oneself(grant) if grant.user == message.person else _of_another(grant))
        % words,
        lines=[_("Its goals, its initiatives and its check-ins stand on its page.")],
        url=grant.content_object.get_absolute_url(),
        verb=_("Look at it"),
    )


def _knows(grant: TeamGrant, message: OutboxMessage) -> bool:
    """Whoever accepts an invitation to a team has just read so."""
    accepted = Invitation.objects.filter(accepted_by=grant.user, accepted_at=grant.granted_at)
    return grant.user == message.person and accepted.exists()


def _of_oneself(grant: TeamGrant) -> str:
    match grant.permission.codename:
        case "lead_team":
            return _("%(name)s has made you leader of %(team)s")
        case "observe_team":
            return _("%(name)s has made you an observer of %(team)s")
    return _("%(name)s has added you to %(team)s")


def _of_another(grant: TeamGrant) -> str:
    if grant.is_lead:
        return _("%(name)s has made %(person)s leader of %(team)s")
    return _("%(name)s has added %(person)s to %(team)s")
