"""What people type about themselves, and about who belongs where."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.organisation.invited import Role
from apps.organisation.models import Language, Rhythm, Team, Theme, User, Weekday
from apps.organisation.widgets import Choices, Segmented, Words
from apps.organisation.writes import VersionedForm

MOST_AT_ONCE = 100
NO_TEAM = "none"  # on the form, where an empty value would mean that nothing was chosen
LONGEST_ADDRESS = 254
GOOD_PASSWORD = _("Ten characters or more, not only digits, and nothing that everyone uses.")


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # a link that stands below the form already


class OtherPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = GOOD_PASSWORD


class FirstPasswordForm(ResetPasswordKeyForm):
    """Also the next one, for somebody who forgot the last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = GOOD_PASSWORD


class ForgottenPasswordForm(ResetPasswordForm):
    """A mail goes out for a known and an unknown address alike, so both take the same time."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.users = list(User.objects.active().filter(email=email.lower()))
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        if self.users:
            return super().save(request, **kwargs)
        email: str = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class ProfileForm(VersionedForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        error_messages={"required": _("Say by which name others know you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language, widget=Segmented)
    theme = forms.ChoiceField(label=_("Colours"), choices=Theme, required=False, widget=Segmented)
    needed_sometimes = ("theme",)


class PersonForm(forms.Form):
    """Someone who has an account already, by name or address."""

    person = forms.CharField(
        label=_("Name or e-mail address"),
        max_length=254,
        error_messages={"required": _("Say who it is.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_person(self) -> User:
        typed = self.cleaned_data["person"]
        found = User.objects.active().filter(Q(email__iexact=typed) | Q(name__iexact=typed))
        match list(found[:2]):
            case [person]:
                return person
            case []:
                raise ValidationError(
                    _("Nobody here has this name or address. An administrator can add people.")
                )
            case _several:
                raise ValidationError(
                    _("Several people have this name. Write the e-mail address instead.")
                )


class AddMemberForm(PersonForm):
    role = forms.ChoiceField(
        label=_("As"),
        choices=[("member", _("Member: works in the team")), ("observer", _("Observer: reads"))],
        initial="member",
        widget=Segmented,
    )


class InviteForm(forms.Form):
    """To the roles that are offered; addresses as they come out of a mail or a list."""

    emails = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One on each line. Each gets a link of its own, which counts once."),
        max_length=20_000,
        error_messages={"required": _("Give at least one address.")},
        widget=Words({"autocomplete": "off", "spellcheck": "false"}, rows=4),
    )
    role = forms.ChoiceField(
        label=_("As"),
        error_messages={"required": _("Choose as what.")},
        widget=Choices(
            hints={
                Role.MEMBER: _("Works in the team and decides about its means."),
                Role.OBSERVER: _("Reads along, and is named among its people."),
                Role.LEADER: _("Leads the team and whatever is below it."),
                NO_TEAM: _("Reads everything. You add the person to a team later."),
                Role.ADMINISTRATOR: _("Looks after people, teams and cycles."),
            }
        ),
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = [(role.value or NO_TEAM, role.label) for role in roles]
        field.initial = field.choices[0][0]

    def clean_emails(self) -> list[str]:
        lines = self.cleaned_data["emails"].replace(",", "\n").replace(";", "\n").splitlines()
        emails = [line.strip() for line in lines if line.strip()]
        if not emails:
            raise ValidationError(_("Give at least one address."))
        if len(emails) > MOST_AT_ONCE:
            raise ValidationError(_("Not more than %(n)d at once.") % {"n": MOST_AT_ONCE})
        wrong = [email for email in emails if not _is_address(email)]
        if wrong:
            raise ValidationError(
                [_("“%(line)s” is no address like name@example.org.") % {"line": w} for w in wrong]
            )
        return emails

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        return Role.NONE if role == NO_TEAM else role


def _is_address(line: str) -> bool:
    try:
        validate_email(line)
    except ValidationError:
        return False
    return len(line) <= LONGEST_ADDRESS


class AcceptInvitationForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Others see it beside all that you write."),
        max_length=80,
        error_messages={"required": _("Say by which name others know you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password1 = forms.CharField(
        label=_("Password"),
        help_text=GOOD_PASSWORD,
        max_length=4096,
        strip=False,
        error_messages={"required": _("Choose a password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same again"),
        max_length=4096,
        strip=False,
        error_messages={"required": _("Write the password once more.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, User(email=self.email, name=self.data.get("name", "")))
        return password

    def clean(self) -> dict[str, str]:
        cleaned: dict[str, str] = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.pop("password2", None)
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        return cleaned


class EraseForm(forms.Form):
    """In words, because nothing brings it back."""

    confirmed = forms.CharField(
        label=_("Write the name of the person, to be sure"),
        max_length=80,
        error_messages={"required": _("Write the name as it stands above.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_confirmed(self) -> str:
        confirmed: str = self.cleaned_data["confirmed"]
        if confirmed.casefold() != self.name.strip().casefold():
            raise ValidationError(_("This is another name. Write it as it stands above."))
        return confirmed


@cache
def time_zones() -> list[tuple[str, str]]:
    """Places, as people know them; not the abbreviations and offsets beside them."""
    return [
        (zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if is_a_place(zone)
    ]


def is_a_place(zone: str) -> bool:
    return zone == "UTC" or (
        "/" in zone and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/"))
    )


class OrganisationForm(VersionedForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        error_messages={"required": _("Say how your organisation is called.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("That of messages and of whoever is new here. People choose their own."),
        choices=Language,
        widget=Segmented,
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("It decides when a day and a week begin, for everyone."),
        choices=time_zones,
    )
    checkin_weekday = forms.TypedChoiceField(
        label=_("Day of check-ins"), choices=Weekday, coerce=int
    )


class TeamForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        error_messages={"required": _("Give the team a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RenameTeamForm(TeamForm, VersionedForm):
    pass


class RhythmForm(VersionedForm):
    decides_alone = forms.CharField(
        label=_("What we may decide alone"),
        help_text=_("Everyone reads it on the team’s page."),
        max_length=5000,
        required=False,
        widget=Words(rows=4),
    )
    active_limit = forms.IntegerField(
        label=_("How many initiatives do you want active at once?"),
        help_text=_("Empty: no limit. At the limit, starting one asks which other one pauses."),
        min_value=1,
        max_value=99,
        required=False,
        error_messages={"invalid": _("Enter a whole number, like 3.")},
    )
    rhythm = forms.ChoiceField(
        label=_("How often do you check in?"),
        choices=Rhythm,
        required=False,
        widget=Choices(
            hints={
                Rhythm.MONTHLY: _("In the last week of a month whose check-in day is still in it.")
            },
            opens={Rhythm.TWO_WEEKS},
        ),
    )
    first_week = forms.DateField(
        label=_("Which week is the first one?"), required=False, widget=Choices()
    )
    needed_sometimes = ("rhythm", "first_week")

    def __init__(self, *args: Any, team: Team, today: date, **kwargs: Any) -> None:
        super().__init__(*args, version=team.version, **kwargs)
        self.team = team
        this_week = today - timedelta(days=today.weekday())
        self.weeks = [this_week, this_week + timedelta(weeks=1)]
        self.fields["first_week"].widget.choices = [
            (week.isoformat(), sentence % {"day": date_format(week, "MONTH_DAY_FORMAT")})
            for week, sentence in zip(
                self.weeks,
                [gettext("This week, from %(day)s"), gettext("Next week, from %(day)s")],
                strict=True,
            )
        ]
        self.initial = {
            "decides_alone": team.decides_alone,
            "active_limit": team.active_limit,
            "rhythm": team.rhythm,
            "first_week": self._first_week().isoformat(),
        }

    def _first_week(self) -> date:
        """Of the coming two, the one in which a team that checks in every two weeks is asked."""
        if self.team.rhythm != Rhythm.TWO_WEEKS:
            return self.weeks[0]
        since = date.fromisoformat(self.team.rhythms[-1][1])
        return next(week for week in self.weeks if (week - since).days % 14 == 0)

    def clean_first_week(self) -> date | None:
        week: date | None = self.cleaned_data["first_week"]
        if week is not None and week not in self.weeks:
            raise ValidationError(gettext("Choose one of the two weeks."))
        return week

    def clean(self) -> dict[str, Any]:
        """A rhythm that stays as it is is not set anew: its weeks go on as they were counted."""
        cleaned = super().clean() or {}
        rhythm = cleaned.get("rhythm") or self.team.rhythm
        week = cleaned.get("first_week") or self._first_week()
        every_other = rhythm == Rhythm.TWO_WEEKS
        if rhythm == self.team.rhythm and not (every_other and week != self._first_week()):
            return cleaned | {"rhythm": None, "first_week": None}
        first = week if every_other else self.weeks[0]
        return cleaned | {"rhythm": Rhythm(rhythm), "first_week": first}


class PlaceForm(forms.Form):
    """Where a team might move; asked first, for what it would change."""

    to = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Below which team?"),
        empty_label=None,
        error_messages={"required": _("Choose a team.")},
    )

    def __init__(self, *args: Any, places: list[Team], **kwargs: Any) -> None:
        """`places` are offered; whether another may be meant, the action knows."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = Team.objects.standing()
        field.choices = [(place.pk, place.name) for place in places]


class MoveTeamForm(PlaceForm, VersionedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].widget = forms.HiddenInput()
