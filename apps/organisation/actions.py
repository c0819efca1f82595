"""What is done to the organisation, its teams and its people."""

from datetime import datetime

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.organisation.locks import hold_for_share
from apps.organisation.models import Organisation, Team, TeamGrant, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock


@transaction.atomic
def found(*, name: str, email: str, person: str, is_demo: bool = False) -> User:
    """Make the organisation, its root team and its first administrator; by a command only.

    Raises ValidationError where an organisation stands already.
    """
    if Organisation.objects.exists():
        raise ValidationError(_("This database holds an organisation already."))
    Organisation.objects.create(name=name, is_demo=is_demo)
    Team.objects.create(name=name, slug=slugify(name))
    return User.objects.create_user(email, name=person, is_administrator=True)


@transaction.atomic
def create_team(*, name: str, parent: Team, by: User, decides_alone: str = "") -> Team:
    still_may(by, Do.CREATE_TEAM, parent)
    return Team.objects.create(
        name=name,
        slug=_free_slug(name),
        parent=parent,
        ancestor_ids=[*parent.ancestor_ids, parent.pk],
        decides_alone=decides_alone,
    )


@transaction.atomic
def add_person(*, email: str, name: str, by: User) -> User:
    """Someone who may sign in once he or she has set a password by mail."""
    still_may(by, Do.MANAGE_PEOPLE, root_team())
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": _("Someone with this address is here already.")})
    language = Organisation.objects.get().language
    return User.objects.create_user(email, name=name, language=language)


@transaction.atomic
def deactivate_person(person: User, *, by: User, version: int | None = None) -> None:
    """Shut out from the next request on; also from a write that is under way."""
    still_may(by, Do.MANAGE_PEOPLE, root_team())
    if person.pk == by.pk:
        raise PermissionDenied(
            _("Nobody deactivates himself or herself. Ask another administrator.")
        )
    lock(person, version=version)
    person.is_active = False
    person.version += 1
    person.save(update_fields=["is_active", "version"])


@transaction.atomic
def add_member(team: Team, *, person: User, by: User, now: datetime) -> None:
    still_may(by, Do.ADD_MEMBER, team)
    _grant("belong_to_team", team, person, by=by, now=now)


@transaction.atomic
def remove_member(team: Team, *, person: User, by: User) -> None:
    still_may(by, Do.REMOVE_MEMBER, team)
    _revoke("belong_to_team", team, person, by=by)


@transaction.atomic
def add_observer(team: Team, *, person: User, by: User, now: datetime) -> None:
    still_may(by, Do.ADD_MEMBER, team)
    _grant("observe_team", team, person, by=by, now=now)


@transaction.atomic
def remove_observer(team: Team, *, person: User, by: User) -> None:
    still_may(by, Do.REMOVE_MEMBER, team)
    _revoke("observe_team", team, person, by=by)


@transaction.atomic
def appoint_leader(team: Team, *, person: User, by: User, now: datetime) -> None:
    still_may(by, Do.APPOINT_LEADER, team)
    _grant("lead_team", team, person, by=by, now=now)


@transaction.atomic
def dismiss_leader(team: Team, *, person: User, by: User) -> None:
    still_may(by, Do.DISMISS_LEADER, team)
    _revoke("lead_team", team, person, by=by)


def root_team() -> Team:
    """The team that stands for the whole organisation."""
    return Team.objects.get(parent=None)


def _grant(codename: str, team: Team, person: User, *, by: User, now: datetime) -> None:
    if person.pk == by.pk:
        raise PermissionDenied(_("Nobody grants anything to himself or herself."))
    hold_for_share(User.objects.filter(pk=person.pk))
    person.refresh_from_db(fields=["is_active"])
    if not person.is_active:
        raise ValidationError(_("%(name)s is deactivated.") % {"name": person.name})
    TeamGrant.objects.get_or_create(
        user=person,
        content_object=team,
        permission=_permission(codename),
        defaults={"granted_by": by, "granted_at": now},
    )


def _revoke(codename: str, team: Team, person: User, *, by: User) -> None:
    if person.pk == by.pk:
        raise PermissionDenied(
            _("Nobody takes a grant from himself or herself. Ask a leader above.")
        )
    TeamGrant.objects.filter(
        user=person, content_object=team, permission=_permission(codename)
    ).delete()


def _permission(codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label="organisation", codename=codename)


def _free_slug(name: str) -> str:
    """The name as an address; numbered where another team has it."""
    wanted = slugify(name)[:70] or "team"
    taken = set(Team.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
