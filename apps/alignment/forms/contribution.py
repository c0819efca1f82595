from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.alignment.forms.fields import GoalField, words
from apps.alignment.models import ContributionRequest
from apps.initiatives.models import Initiative
from apps.objectives.models import Objective
from apps.organisation.models import Team, User
from apps.organisation.widgets import Choices, DayInput
from apps.organisation.writes import VersionedForm


def how_field(**more: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("How does it help?"),
        help_text=gettext_lazy("One sentence."),
        max_length=200,
        error_messages={"required": gettext_lazy("Say in one sentence how it helps.")},
        **more,
    )


class ContributeForm(forms.Form):
    how = how_field()

    def __init__(
        self, *args: Any, goals: Iterable[Objective], chosen: str, user: User, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"goal": chosen}
        super().__init__(*args, **kwargs)
        goal = GoalField(user=user)
        goal.offer(goals)
        self.fields = {"goal": goal, **self.fields}


class EndForm(VersionedForm):
    reason = words(
        gettext_lazy("Why does it no longer help?"),
        help_text=gettext_lazy("One sentence. It stays on record."),
        error_messages={"required": gettext_lazy("Say in one sentence why it no longer helps.")},
    )


class AskForm(forms.Form):
    """What a team asks of another one."""

    asked_team = forms.ModelChoiceField(
        Team.objects.standing(),
        label=gettext_lazy("Which team do you ask?"),
        empty_label=gettext_lazy("Choose one"),
        error_messages={"required": gettext_lazy("Choose a team.")},
    )
    what = words(
        gettext_lazy("What do you ask for?"),
        help_text=gettext_lazy("What should be true, not how: the means are theirs."),
        error_messages={"required": gettext_lazy("Say in one sentence what you ask for.")},
    )
    why = words(
        gettext_lazy("Why does it matter?"),
        error_messages={"required": gettext_lazy("Say why it matters.")},
    )
    by_when = forms.DateField(
        label=gettext_lazy("By when?"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Choose a day.")},
    )

    def __init__(
        self, *args: Any, team: Team, goals: Iterable[Objective], user: User, today: date,
        chosen: str, asked: str, **kwargs: Any,
    ) -> None:  # fmt: skip
        others = list(Team.objects.standing().exclude(pk=team.pk).order_by("name"))
        meant = next((other.pk for other in others if other.slug == asked), None)
        kwargs["initial"] = {"goal": chosen, "asked_team": meant}
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["asked_team"]
        field.choices = [  # type: ignore[attr-defined]
            ("", _("Choose one")), *((other.pk, other.name) for other in others),
        ]  # fmt: skip
        goal = GoalField(user=user, help_text=_("What it should help."))
        goal.offer(goals)
        self.fields = {"asked_team": self.fields["asked_team"], "goal": goal, **self.fields}

    def clean_by_when(self) -> date:
        day: date = self.cleaned_data["by_when"]
        if day < self.today:
            raise ValidationError(_("Choose today or a later day."))
        return day


class AcceptRequestForm(VersionedForm):
    """As an objective or an initiative of one's own; one that is there, or a new one."""

    NEW_OBJECTIVE, NEW_INITIATIVE = "new-objective", "new-initiative"

    accept_as = forms.ChoiceField(
        label=gettext_lazy("What do you make of it?"),
        error_messages={"required": gettext_lazy("Choose what you make of it.")},
    )
    how = how_field(required=False)
    title = forms.CharField(
        label=gettext_lazy("How do you call it?"), max_length=120, required=False
    )
    why = words(gettext_lazy("Why does it matter to you?"), required=False)
    needed_sometimes = ("how", "title", "why")

    def __init__(
        self, *args: Any, request: ContributionRequest, objectives: Iterable[Objective],
        initiatives: Iterable[Initiative], may_draft: bool, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, version=request.version, initial={"why": request.why}, **kwargs)
        self.objectives = {f"o-{one.pk}": one for one in objectives}
        self.initiatives = {f"i-{one.pk}": one for one in initiatives}
        field = self.fields["accept_as"]
        kinds = {key: _("An objective you have") for key in self.objectives}
        kinds |= {key: _("An initiative you have") for key in self.initiatives}
        choices = [(key, one.title) for key, one in self.objectives.items()]
        choices += [(key, one.title) for key, one in self.initiatives.items()]
        if may_draft:
            choices.append((self.NEW_OBJECTIVE, _("A new objective")))
        choices.append((self.NEW_INITIATIVE, _("A new initiative")))
        kinds |= {
            self.NEW_OBJECTIVE: _("It begins as a draft of your team."),
            self.NEW_INITIATIVE: _("It begins as proposed; your team goes on from there."),
        }
        field.choices = choices  # type: ignore[attr-defined]
        field.widget = Choices(hints=kinds)
        field.widget.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.pop("accept_as", "")
        is_new = chosen in {self.NEW_OBJECTIVE, self.NEW_INITIATIVE}
        as_objective = chosen == self.NEW_OBJECTIVE or chosen in self.objectives
        if is_new and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Say in a few words what it is."))
        if chosen == self.NEW_OBJECTIVE and not cleaned.get("why") and "why" not in self.errors:
            self.add_error("why", _("Say why it matters."))
        if as_objective and not cleaned.get("how") and "how" not in self.errors:
            self.add_error("how", _("Say in one sentence how it helps."))
        return cleaned | {
            "as_objective": as_objective,
            "objective": self.objectives.get(chosen),
            "initiative": self.initiatives.get(chosen),
        }


class DeclineForm(VersionedForm):
    reason = words(
        gettext_lazy("Why not?"),
        help_text=gettext_lazy("One sentence for the team that asked. Everyone reads it."),
        error_messages={"required": gettext_lazy("Say in one sentence why not.")},
    )
