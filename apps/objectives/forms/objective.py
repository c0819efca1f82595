from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.objectives.models import Cycle, Objective
from apps.organisation.models import Team, User
from apps.organisation.widgets import DayInput, Words
from apps.organisation.writes import VersionedForm

LONGEST_TEXT = 5000
LONGEST_TITLE = 200


def title_field(longest: int = LONGEST_TITLE) -> forms.CharField:
    return forms.CharField(
        label=_("Objective"),
        help_text=_("What should be true at the end? One sentence, without a number."),
        max_length=longest,
        error_messages={"required": _("Write the objective in one sentence.")},
    )


def why_field() -> forms.CharField:
    return forms.CharField(
        label=_("Why it matters"),
        help_text=_("Two sentences that somebody new would understand."),
        max_length=LONGEST_TEXT,
        widget=Words(rows=3),
        error_messages={"required": _("Say why it matters.")},
    )


def not_doing_field() -> forms.CharField:
    return forms.CharField(
        label=_("What we will not do"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=Words(rows=2),
    )


class DraftForm(forms.Form):
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Whose objective is it?"),
        empty_label=None,
        error_messages={"required": _("Choose a team.")},
    )
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(),
        label=_("Cycle"),
        empty_label=None,
        error_messages={"required": _("Choose a cycle.")},
    )
    title = title_field()
    why = why_field()
    not_doing = not_doing_field()

    def __init__(
        self, *args: Any, teams: Iterable[Team], cycles: Iterable[Cycle], **kwargs: Any
    ) -> None:
        """`teams` and `cycles` are offered; whether others may be meant, the action knows."""
        super().__init__(*args, **kwargs)
        offer(self.fields["team"], Team.objects.standing(), teams)
        offer(self.fields["cycle"], Cycle.objects.all(), cycles)


class EditForm(VersionedForm):
    title = title_field()
    why = why_field()
    not_doing = not_doing_field()
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Owner"),
        help_text=_("A leader of the team or above it, whom people ask about it."),
        empty_label=None,
    )

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        initial = {
            "title": objective.title,
            "why": objective.why,
            "not_doing": objective.not_doing,
            "owner": objective.owner_id,
        }
        super().__init__(*args, initial=initial, version=objective.version, **kwargs)
        team = objective.team
        leaders = User.objects.leading(team, *Team.objects.filter(pk__in=team.ancestor_ids))
        self.fields["owner"].queryset = leaders | User.objects.filter(pk=objective.owner_id)  # type: ignore[attr-defined]


class FillInForm(EditForm):
    """What an imported objective does not say yet; `gaps` are the fields that ask for it."""

    def __init__(self, *args: Any, gaps: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields).difference(gaps, ["version"]):
            del self.fields[name]
        for name in gaps:
            self.fields[name].required = False
        if "owner" in gaps:
            self.fields["owner"].empty_label = _("Still unknown")  # type: ignore[attr-defined]


class _AskingForm(VersionedForm):
    """Whose input is wanted, and until when."""

    people = forms.ModelMultipleChoiceField(
        User.objects.active(),
        label=_("Whom do you ask?"),
        help_text=_(
            "They find it in their week. Everyone else who is signed in may give input, too."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label=_("Until when?"),
        help_text=_("The last day on which input can be given."),
        widget=DayInput,
        error_messages={
            "required": _("Say until when input can be given."),
            "invalid": _("Enter a day, like 2026-11-25."),
        },
    )

    def __init__(
        self, *args: Any, objective: Objective, people: Iterable[User], until: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"until": until}, version=objective.version, **kwargs)
        offer(self.fields["people"], User.objects.active(), people)


class OpenForInputForm(_AskingForm):
    wants_key_results = forms.BooleanField(
        label=_("I want proposals for key results."), required=False
    )


class AskForm(_AskingForm):
    pass


class BackToDraftForm(VersionedForm):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence for those who gave input."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=Words,
    )


class WithdrawForm(VersionedForm):
    reason = forms.CharField(
        label=_("Why do you withdraw it?"),
        help_text=_("One sentence for those who read or answered it."),
        max_length=LONGEST_TEXT,
        widget=Words,
        error_messages={"required": _("Say in one sentence why you withdraw it.")},
    )


class CommitForm(VersionedForm):
    early_reason = forms.CharField(
        label=_("Why now?"),
        help_text=_("Everyone reads it beside the commitment."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=Words,
    )
    # The page asks for it exactly where it is needed, so it is never marked as optional.
    needed_sometimes = ("early_reason",)


def offer(field: forms.Field, allowed: Any, offered: Iterable[Any]) -> None:
    """Show some of what would be accepted."""
    field.queryset = allowed  # type: ignore[attr-defined]
    field.choices = [(one.pk, str(one)) for one in offered]  # type: ignore[attr-defined]
