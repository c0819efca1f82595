"""The organisation, its tree of teams, its people, and what each person is to a team."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Prefetch, Q, When
from django.db.models.functions import JSONArray, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from apps.organisation.invited import Invitation as Invitation  # a model of this app, too
from apps.organisation.standing import Standing


class Weekday(models.IntegerChoices):
    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class Rhythm(models.TextChoices):
    """How often a team checks in."""

    WEEKLY = "weekly", _("Every week")
    TWO_WEEKS = "two-weeks", _("Every two weeks")
    MONTHLY = "monthly", _("Once a month")


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    GERMAN = "de", "Deutsch"


class Theme(models.TextChoices):
    SYSTEM = "", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Organisation(models.Model):
    """The one organisation of this installation, in the one row of this table."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=5, choices=Language, default=Language.ENGLISH)
    time_zone = models.CharField(max_length=40, default="Europe/Berlin")
    checkin_weekday = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.FRIDAY)
    # Known passwords are only ever written into a database that says this of itself.
    is_demo = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisation_there_is_only_one", condition=Q(id=1)),
            models.CheckConstraint(
                name="organisation_checks_in_on_a_day_of_the_week",
                condition=Q(checkin_weekday__range=(1, 7)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def today(self, now: datetime) -> date:
        """The organisation's day, for everyone, wherever they sit."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()


DAYS_BETWEEN_NUMBERS = {Rhythm.WEEKLY: 7, Rhythm.TWO_WEEKS: 14, Rhythm.MONTHLY: 31}


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: "User") -> Self:
        """Whoever is signed in and active reads every team."""
        return self if user.is_active else self.none()

    def standing(self) -> Self:
        return self.filter(archived_at=None)

    def below(self, team: "Team") -> Self:
        return self.filter(ancestor_ids__contains=[team.pk])

    def with_below(self) -> Self:
        """Each with `has_below`: whether standing teams hang below it."""
        below = Team.objects.standing().filter(parent=models.OuterRef("pk"))
        return self.annotate(has_below=models.Exists(below))


class Team(models.Model):
    """A node of the tree. The root stands for the whole organisation; all behave alike."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    # From the root down to the parent; kept true by the action that moves a team.
    ancestor_ids = ArrayField(models.BigIntegerField(), default=list)
    decides_alone = models.TextField(_("What we may decide alone"), blank=True)
    active_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    rhythm = models.CharField(
        _("How often do you check in?"), max_length=9, choices=Rhythm, default=Rhythm.WEEKLY
    )
    # Each rhythm and the Monday from which it holds, [["two-weeks", "2026-11-16"], …]: no week is
    # judged by a rhythm that was chosen after it. Before the first of them it was every week.
    rhythms = models.JSONField(default=list)
    archived_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        permissions = [
            ("lead_team", "Leads the team"),
            ("belong_to_team", "Is a member of the team"),
            ("observe_team", "Reads along"),
        ]
        indexes = [GinIndex(fields=["ancestor_ids"], name="team_ancestors")]
        constraints = [
            models.UniqueConstraint(
                name="team_tree_has_one_root",
                fields=["parent"],
                condition=Q(parent=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="team_is_not_above_itself", condition=~Q(ancestor_ids__contains=[F("id")])
            ),
            models.CheckConstraint(
                name="team_hangs_below_its_parent",
                condition=Q(parent=None, ancestor_ids=[])
                | Q(parent__isnull=False, ancestor_ids__contains=[F("parent")]),
            ),
            models.CheckConstraint(
                name="team_may_limit_itself_to_at_least_one_initiative",
                condition=Q(active_limit=None) | Q(active_limit__gte=1),
            ),
            models.CheckConstraint(
                name="team_checks_in_in_a_known_rhythm", condition=Q(rhythm__in=Rhythm.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dashboards:team", args=[self.slug])

    @property
    def is_root(self) -> bool:
        return self.parent_id is None

    @property
    def days_between_numbers(self) -> int:
        """At most, if it keeps its rhythm."""
        return DAYS_BETWEEN_NUMBERS[Rhythm(self.rhythm)]


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def administrators(self) -> Self:
        return self.active().filter(is_administrator=True).order_by("name")

    def leading(self, *teams: Team) -> Self:
        """The leaders of these teams themselves, by name."""
        grants = TeamGrant.objects.for_teams(*teams).leads()
        return self.active().filter(pk__in=grants.values("user")).order_by("name")

    def working_in(self, *teams: Team) -> Self:
        """Members and leaders: a leader belongs to the team that he or she leads."""
        grants = TeamGrant.objects.for_teams(*teams).works_in()
        return self.active().filter(pk__in=grants.values("user")).order_by("name")

    def with_grants(self) -> Self:
        """Each with `grants`, as stand() takes them."""
        given = TeamGrant.objects.filter(user=models.OuterRef("pk"))
        pairs = given.values(pair=JSONArray("permission__codename", "content_object"))
        return self.annotate(grants=ArraySubquery(pairs))

    def erasable(self) -> Self:
        return self.filter(is_active=False, erased_at=None)

    def sought(self, words: str) -> Self:
        """By part of the name or address, with everything that a line about each touches."""
        grants = TeamGrant.objects.select_related("content_object", "permission")
        return (
            self.filter(erased_at=None)
            .filter(Q(name__icontains=words) | Q(email__icontains=words))
            .order_by("name", "pk")
            .prefetch_related(Prefetch("teamgrant_set", queryset=grants))
        )

    def unplaced(self) -> Self:
        """In no team yet."""
        return self.filter(teamgrant=None).order_by("name")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email=username.lower())


class User(AbstractBaseUser):
    """A person. There is no superuser: what someone may do, the permission table says."""

    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=80)
    language = models.CharField(
        _("Language"), max_length=5, choices=Language, default=Language.ENGLISH
    )
    theme = models.CharField(
        _("Theme"), max_length=5, choices=Theme, default=Theme.SYSTEM, blank=True
    )
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Name and address are replaced then; whatever the person wrote keeps its row.
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            # Unique in any spelling, then; and sign-in looks for the one spelling.
            models.CheckConstraint(
                name="person_has_an_address_in_small_letters", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="person_administers_only_while_active",
                condition=Q(is_active=True) | Q(is_administrator=False),
            ),
            models.CheckConstraint(
                name="person_is_erased_after_leaving",
                condition=Q(erased_at=None) | Q(is_active=False, email__endswith=".invalid"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def standing(self) -> Standing:
        """What this person is to which team; asked once, kept for the request only."""
        grants = TeamGrant.objects.filter(user=self)
        return Standing.of(
            grants.values_list("permission__codename", "content_object_id"),
            administrator=self.is_administrator,
        )

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    def stand(self, grants: Iterable[tuple[Any, ...]]) -> None:
        """By these grants, (codename, team id), as they were found under a lock."""
        self.__dict__["standing"] = Standing.of(grants, administrator=self.is_administrator)

    def forget_standing(self) -> None:
        self.__dict__.pop("standing", None)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Libraries ask here; the answer comes from the one table, through TeamBackend."""
        return obj is not None and any(b.has_perm(self, perm, obj) for b in get_backends())


class TeamGrantQuerySet(models.QuerySet["TeamGrant"]):
    def for_teams(self, *teams: Team) -> Self:
        return self.filter(content_object__in=teams)

    def leads(self) -> Self:
        return self.filter(permission__codename="lead_team")

    def from_above(self) -> Self:
        return self.works_in().filter(from_above=True)

    def for_person(self) -> Self:
        """Everything that a list of a person's teams touches."""
        return self.select_related("content_object", "permission", "granted_by").order_by(
            "content_object__name", "pk"
        )

    def works_in(self) -> Self:
        return self.filter(permission__codename__in=["lead_team", "belong_to_team"])

    def reads_or_belongs(self) -> Self:
        return self.filter(permission__codename__in=["belong_to_team", "observe_team"])

    def for_roster(self) -> Self:
        """Everything that a list of a team's people touches: leaders, members, observers."""
        return self.select_related("user", "permission", "granted_by").order_by(
            Case(
                When(permission__codename="lead_team", then=0),
                When(permission__codename="belong_to_team", then=1),
                default=2,
            ),
            "user__name",
            "pk",
        )


class TeamGrant(UserObjectPermissionBase):
    """Leader, member or observer of one team: the grant is the membership."""

    content_object = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="grants")
    # None only for the first administrator's first grants, made by a command on the server.
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="grants_given"
    )
    granted_at = models.DateTimeField()
    # By a leader above or an administrator, who did not belong to the team: it is told of that.
    from_above = models.BooleanField(default=False)

    objects = TeamGrantQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                name="grant_is_never_given_to_oneself",
                condition=Q(granted_by=None) | ~Q(granted_by=F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.permission.codename} · {self.content_object}"

    @property
    def is_lead(self) -> bool:
        return self.permission.codename == "lead_team"

    @property
    def role(self) -> str:
        names = {
            "lead_team": _("Leader"),
            "belong_to_team": _("Member"),
            "observe_team": _("Observer"),
        }
        return str(names[self.permission.codename])


class OneTimeKey(models.Model):
    """A form that has been sent: the key it carried, and what came of it the first time."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    content = models.TextField(blank=True)
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key} {self.path}"


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    def waiting(self) -> Self:
        return self.filter(sent_at=None, dropped_at=None)

    def due(self, now: datetime) -> Self:
        """What may be tried now; what somebody waits for before what comes every week."""
        may_be_tried = Q(try_at=None) | Q(try_at__lte=now)
        return (
            self.waiting().filter(may_be_tried).order_by(F("week").asc(nulls_first=True), "put_at")
        )


class OutboxMessage(models.Model):
    """A mail that somebody shall get, once. What it says, notices knows; here is only of what
    kind it is and which thing it is about. It ends as sent or as dropped."""

    class Dropped(models.TextChoices):
        MOOT = "moot", _("What it asks for is done")
        STOPPED = "stopped", _("The person wants none of this kind")
        CLOSED = "closed", _("The account is closed")
        REFUSED = "refused", _("The mail server refuses the address")

    kind = models.CharField(max_length=40)
    # A person; or an address, where nobody has it yet.
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="messages")
    address = models.EmailField(blank=True)
    # "checkins.helprequest:12", and after another colon the occasion, where there are several.
    thing = models.CharField(max_length=120)
    # The Monday, for what comes week by week.
    week = models.DateField(null=True)
    put_at = models.DateTimeField()
    # How often it was tried, and not before when it is tried again: kept before each try, so
    # that one which kills the worker holds up no other.
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=10, choices=Dropped, blank=True, db_default="")

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="message_goes_out_once",
                fields=["kind", "person", "address", "thing", "week"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="message_goes_to_a_person_or_an_address",
                condition=Q(person__isnull=False, address="") | Q(person=None) & ~Q(address=""),
            ),
            models.CheckConstraint(
                name="message_is_sent_or_dropped_for_a_reason",
                condition=Q(dropped_at=None, dropped_because="")
                | Q(sent_at=None, dropped_at__isnull=False) & ~Q(dropped_because=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["put_at"],
                condition=Q(sent_at=None, dropped_at=None),
                name="messages_to_be_sent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.thing}"

    @property
    def thing_pk(self) -> int:
        return int(self.thing.split(":")[1])

    @property
    def receiver(self) -> str:
        return self.person.email if self.person else self.address
