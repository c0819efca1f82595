"""What is done to the organisation, its teams and its people."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.organisation import outbox
from apps.organisation.invited import Invitation
from apps.organisation.locks import hold_for_share
from apps.organisation.models import (
    Language,
    OneTimeKey,
    Organisation,
    OutboxMessage,
    Rhythm,
    Team,
    TeamGrant,
    Theme,
    User,
)
from apps.organisation.permissions import Do, never_oneself, still_may, take_turns
from apps.organisation.writes import lock


@transaction.atomic
def found(*, name: str, email: str, person: str, is_demo: bool = False) -> User:
    """Make the organisation, its root team and its first administrator; by a command only.

    Raises ValidationError where an organisation stands already.
    """
    if Organisation.objects.exists():
        raise ValidationError(_("This database holds an organisation already."))
    organisation = Organisation(name=name, is_demo=is_demo)
    organisation.full_clean()
    organisation.save(force_insert=True)
    Team.objects.create(name=name, slug=_free_slug(name))
    administrator: User = User.objects.create_user(email, name=person, is_administrator=True)
    administrator.full_clean()
    return administrator


@transaction.atomic
def set_organisation(
    organisation: Organisation,
    *,
    name: str,
    language: str,
    time_zone: str,
    checkin_weekday: int,
    by: User,
    version: int | None = None,
) -> None:
    still_may(by, Do.SET_ORGANISATION, root_team())
    lock(organisation, version=version)
    organisation.name, organisation.language = name, language
    organisation.time_zone, organisation.checkin_weekday = time_zone, checkin_weekday
    organisation.version += 1
    organisation.save(update_fields=["name", "language", "time_zone", "checkin_weekday", "version"])


@transaction.atomic
def create_team(*, name: str, parent: Team, by: User, decides_alone: str = "") -> Team:
    still_may(by, Do.CREATE_TEAM, parent)
    try:
        with transaction.atomic():
            return Team.objects.create(
                name=name,
                slug=_free_slug(name),
                parent=parent,
                ancestor_ids=[*parent.ancestor_ids, parent.pk],
                decides_alone=decides_alone,
            )
    except IntegrityError:  # another administrator makes a team of this name right now
        raise ValidationError({"name": _("This name was just taken. Send it again.")}) from None


@transaction.atomic
def rename_team(team: Team, *, name: str, by: User, version: int | None = None) -> None:
    """Its address stays: links to it, in mails and elsewhere, keep leading here."""
    take_turns(by, team)
    still_may(by, Do.RENAME_TEAM, team)
    lock(team, version=version)
    team.name = name
    team.version += 1
    team.save(update_fields=["name", "version"])


@transaction.atomic
def set_rhythm(
    team: Team,
    *,
    decides_alone: str,
    active_limit: int | None,
    by: User,
    rhythm: Rhythm | None = None,
    first_week: date | None = None,
    version: int | None = None,
) -> None:
    """What the team decides alone, how many initiatives it wants active at once (or None), and
    how often it checks in: from `first_week` on, a Monday. What was before stays as it was."""
    take_turns(by, team)
    still_may(by, Do.SET_RHYTHM, team)
    lock(team, version=version)
    team.decides_alone, team.active_limit = decides_alone, active_limit
    if rhythm is not None and first_week is not None:
        since = first_week.isoformat()
        team.rhythm = rhythm
        team.rhythms = [step for step in team.rhythms if step[1] < since] + [[rhythm, since]]
    team.version += 1
    fields = ["decides_alone", "active_limit", "rhythm", "rhythms", "version"]
    team.save(update_fields=fields)


@transaction.atomic
def move_team(team: Team, *, to: Team, by: User, version: int | None = None) -> None:
    """Below another one, with all that hangs below it.

    The branch and its new place are held together, in one order: of two moves that would
    make a circle one waits, and then sees where the other left the tree.
    """
    branch = Q(pk=team.pk) | Q(ancestor_ids__contains=[team.pk])
    held = Team.objects.select_for_update().filter(branch | Q(pk=to.pk)).order_by("pk")
    list(held.values_list("pk"))
    still_may(by, Do.MOVE_TEAM, team)
    lock(team, version=version)
    lock(to)
    _require_place(team, to)
    above = len(team.ancestor_ids)
    place = [*to.ancestor_ids, to.pk]
    team.parent, team.ancestor_ids = to, place
    team.version += 1
    team.save(update_fields=["parent", "ancestor_ids", "version"])
    below = list(Team.objects.below(team))
    for other in below:
        other.ancestor_ids = place + other.ancestor_ids[above:]
    Team.objects.bulk_update(below, ["ancestor_ids"])


@transaction.atomic
def appoint_administrator(person: User, *, by: User) -> None:
    _hold_both(person, by=by)
    lock(person)
    if not person.is_active:
        raise ValidationError(_("%(name)s is deactivated.") % {"name": person.name})
    if person.is_administrator:
        raise ValidationError(_("%(name)s is an administrator already.") % {"name": person.name})
    _set_administrator(person, True)


@transaction.atomic
def dismiss_administrator(person: User, *, by: User) -> None:
    """Never the last one: whoever dismisses is one, and nobody dismisses himself or herself."""
    _hold_both(person, by=by)
    lock(person)
    if not person.is_administrator:
        raise ValidationError(_("%(name)s is no administrator.") % {"name": person.name})
    _set_administrator(person, False)


@transaction.atomic
def deactivate_person(
    person: User,
    *,
    by: User,
    now: datetime,
    version: int | None = None,
    takers: Iterable[User] = (),
) -> None:
    """Shut out from the next request on; also from a write that is under way.

    `takers` are those who take over in the same transaction what the person had in hand: they
    are held here, in one order with the others, so that none of them goes meanwhile.
    """
    _hold_both(person, *takers, by=by)
    lock(person, version=version)
    if not person.is_active:
        raise ValidationError(_("%(name)s is deactivated already.") % {"name": person.name})
    person.is_active = person.is_administrator = False
    # With the password go all sessions and all links to a new one, should the account ever reopen.
    person.set_unusable_password()
    person.version += 1
    person.save(update_fields=["is_active", "is_administrator", "password", "version"])
    # They were made on the word of somebody who has none any more.
    withdraw_all(person.invitations_given.open(), by=by, now=now)


@transaction.atomic
def erase_person(person: User, *, by: User, now: datetime) -> None:
    """Name, address and all that only served to reach the person; every row that others read
    stays. There is no way back."""
    _hold_both(person, by=by)
    lock(person)
    if person.is_active:
        raise ValidationError(_("Deactivate %(name)s first.") % {"name": person.name})
    if person.is_erased:
        raise ValidationError(_("This was done already."))
    address = person.email
    with translation.override(Organisation.objects.get().language):
        person.name = _("A former colleague")
    person.email = f"erased-{person.pk}@erased.invalid"
    person.language, person.theme = Language.ENGLISH, Theme.SYSTEM
    person.erased_at = now
    person.version += 1
    person.save(update_fields=["name", "email", "language", "theme", "erased_at", "version"])
    TeamGrant.objects.filter(user=person).delete()
    Invitation.objects.filter(Q(email=address) | Q(accepted_by=person)).delete()
    OutboxMessage.objects.filter(Q(person=person) | Q(address=address)).delete()
    OneTimeKey.objects.filter(user=person).delete()
    _end_sessions(person)


@transaction.atomic
def edit_profile(
    person: User, *, name: str, language: str, theme: str, version: int | None = None
) -> None:
    """One's own; that is why nobody else is asked for."""
    _lock_open_account(person, version=version)
    person.name, person.language, person.theme = name, language, theme
    person.version += 1
    person.save(update_fields=["name", "language", "theme", "version"])


@transaction.atomic
def change_password(person: User, *, password: str) -> None:
    """One's own. All other sessions end with it."""
    _lock_open_account(person)
    person.set_password(password)
    person.save(update_fields=["password"])


@transaction.atomic
def add_member(team: Team, *, person: User, by: User, now: datetime) -> None:
    still_may(by, Do.ADD_MEMBER, team)
    _grant("belong_to_team", team, person, by=by, now=now)


@transaction.atomic
def add_observer(team: Team, *, person: User, by: User, now: datetime) -> None:
    still_may(by, Do.ADD_MEMBER, team)
    _grant("observe_team", team, person, by=by, now=now)


@transaction.atomic
def remove_member(team: Team, *, person: User, by: User) -> None:
    """Out of the team, whether as a member or as an observer."""
    still_may(by, Do.REMOVE_MEMBER, team)
    _revoke(["belong_to_team", "observe_team"], team, person, by=by)


@transaction.atomic
def appoint_leader(team: Team, *, person: User, by: User, now: datetime) -> None:
    still_may(by, Do.APPOINT_LEADER, team)
    _grant("lead_team", team, person, by=by, now=now)


@transaction.atomic
def dismiss_leader(team: Team, *, person: User, by: User) -> None:
    still_may(by, Do.DISMISS_LEADER, team)
    _revoke(["lead_team"], team, person, by=by)


def root_team() -> Team:
    """The team that stands for the whole organisation."""
    return Team.objects.filter(parent=None)[0]


def withdraw_all(invitations: Iterable[Invitation], *, by: User, now: datetime) -> None:
    """Their links count no more; mails that did not go out yet need not go."""
    for invitation in invitations:
        invitation.withdrawn_by, invitation.withdrawn_at = by, now
        invitation.save(update_fields=["withdrawn_by", "withdrawn_at"])
        outbox.take_back("invitation", about=invitation)


def _hold_both(person: User, *others: User, by: User) -> None:
    """Whoever acts, and whom it is done to.

    The team first, as those do who hold it alone, then the people in one order: otherwise two
    who shut each other out, or someone who starts an initiative, would wait in a circle.
    """
    root = root_team()
    hold_for_share(Team.objects.filter(pk=root.pk))
    held = {by.pk, person.pk, *(other.pk for other in others)}
    list(User.objects.select_for_update().filter(pk__in=held).order_by("pk"))
    still_may(by, Do.MANAGE_PEOPLE, root)
    never_oneself(by, person)


def _set_administrator(person: User, is_administrator: bool) -> None:
    person.is_administrator = is_administrator
    person.version += 1
    person.save(update_fields=["is_administrator", "version"])


def _end_sessions(person: User) -> None:
    """They hold nobody's name, and count no more since the password went; but they lie there."""
    mine = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(person.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()


def _require_place(team: Team, to: Team) -> None:
    names = {"team": team.name, "to": to.name}
    if team.is_root:
        raise ValidationError(_("%(team)s stands for the whole organisation.") % names)
    if to.archived_at is not None:
        raise ValidationError({"to": _("%(to)s is archived.") % names})
    if team.pk in {to.pk, *to.ancestor_ids}:
        raise ValidationError({"to": _("%(to)s is %(team)s itself, or below it.") % names})
    if team.parent_id == to.pk:
        raise ValidationError({"to": _("%(team)s is there already.") % names})


def _lock_open_account(person: User, *, version: int | None = None) -> None:
    lock(person, version=version)
    if not person.is_active:
        raise PermissionDenied(_("Your account has been closed."))


def _grant(codename: str, team: Team, person: User, *, by: User, now: datetime) -> None:
    never_oneself(by, person)
    hold_for_share(User.objects.filter(pk=person.pk))
    person.refresh_from_db(fields=["is_active"])
    names = {"name": person.name, "team": team.name}
    if not person.is_active:
        raise ValidationError(_("%(name)s is deactivated.") % names)
    from_above = team.pk not in by.standing.works_in
    given, is_new = TeamGrant.objects.get_or_create(
        user=person,
        content_object=team,
        permission=_permission(codename),
        defaults={"granted_by": by, "granted_at": now, "from_above": from_above},
    )
    if not is_new:
        raise ValidationError(_("%(name)s is that in %(team)s already.") % names)
    told = [person]
    if from_above and codename != "observe_team":
        told += User.objects.working_in(team).exclude(pk__in=[person.pk, by.pk])
    outbox.put("member.added", to=told, about=given, now=now)


def _revoke(codenames: list[str], team: Team, person: User, *, by: User) -> None:
    never_oneself(by, person)
    grants = TeamGrant.objects.for_teams(team).filter(user=person)
    gone, _by_model = grants.filter(permission__codename__in=codenames).delete()
    if not gone:
        raise ValidationError(
            _("%(name)s is that in %(team)s no more.") % {"name": person.name, "team": team.name}
        )


def _permission(codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label="organisation", codename=codename)


def _free_slug(name: str) -> str:
    """The name as an address; numbered where another team has it."""
    wanted = slugify(name)[:70] or "team"
    taken = set(Team.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
