from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.alignment.forms.fields import texts_of, told, words
from apps.alignment.models import Briefing
from apps.organisation.models import Team
from apps.organisation.widgets import Words
from apps.organisation.writes import VersionedForm

LEAST_ROWS = 4
MOST_ROWS = 10
LONGEST_TASK = 300
TEXTS = ("context", "one_up", "two_up", "intent", "freedoms")


class BriefingForm(VersionedForm):
    """Five plain prompts, and the teams that are asked. `then`: whether it is issued at once."""

    context = words(gettext_lazy("What is going on?"), rows=3, required=False)
    one_up = words(gettext_lazy("One level up"), required=False)
    two_up = words(gettext_lazy("Two levels up"), required=False)
    intent = words(
        gettext_lazy("What do we want to be true, and why?"),
        help_text=gettext_lazy("One sentence: what, in order that which good comes of it."),
        required=False,
    )
    freedoms = words(
        gettext_lazy("What is left to the teams?"),
        help_text=gettext_lazy("What they decide without asking: means, money, order, partners."),
        required=False,
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.standing(),
        label=gettext_lazy("Which teams do you ask?"),
        help_text=gettext_lazy(
            "Teams that report a key result, have an initiative on it or contribute to it are "
            "asked in any case."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=gettext_lazy("Other teams"),
        help_text=gettext_lazy("By name, one a line."),
        max_length=4000,
        required=False,
        widget=Words(rows=2),
    )
    needed_sometimes = ("one_up", "two_up", "intent")

    def __init__(
        self, *args: Any, last: Briefing | None, initial: dict[str, Any], teams: Iterable[Team],
        chosen: Iterable[int], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(
            *args,
            version=last.version if last else 0,
            initial={**initial, "teams": list(chosen)},
            **kwargs,
        )
        self.last = last
        self.fields["teams"].choices = [(team.pk, team.name) for team in teams]  # type: ignore[attr-defined]
        known = last.tasks if last else []
        sent = sum(key.startswith("task_") for key in self.data)
        self.rows = min(max(sent, len(known) + 1, LEAST_ROWS), MOST_ROWS)
        for row in range(self.rows):
            self.fields[f"task_{row}"] = forms.CharField(
                label=_("Task %(n)d") % {"n": row + 1},
                max_length=LONGEST_TASK,
                required=False,
                initial=known[row] if row < len(known) else "",
            )
        main = last.main_effort if last else None
        self.fields["main_effort"] = forms.TypedChoiceField(
            label=_("Main effort"),
            choices=[("", _("None"))] + [(str(n + 1), str(n + 1)) for n in range(self.rows)],
            coerce=int,
            empty_value=None,
            required=False,
            initial=str(main) if main else "",
            widget=forms.RadioSelect,
        )

    @property
    def tasks(self) -> list[dict[str, Any]]:
        """For the template, a row each: the field, and its radio for the main effort."""
        radios = list(self["main_effort"])
        return [
            {"field": self[f"task_{row}"], "radio": radios[row + 1]} for row in range(self.rows)
        ]

    @property
    def no_main_effort(self) -> Any:
        return next(iter(self["main_effort"]))

    def clean_others(self) -> list[Team]:
        names = [name.strip() for name in self.cleaned_data["others"].splitlines()]
        return [_named(name) for name in names if name]

    def clean(self) -> dict[str, Any]:
        """Empty rows fall out, and the main effort keeps to its words."""
        cleaned = super().clean() or {}
        typed = [cleaned.pop(f"task_{row}", "") for row in range(self.rows)]
        tasks = [task for task in typed if task]
        main = cleaned.get("main_effort")
        if main is not None and "main_effort" not in self.errors:
            if not typed[main - 1]:
                self.add_error("main_effort", _("Say what the main effort is, or choose none."))
            else:
                main = sum(bool(task) for task in typed[:main])
        others = cleaned.pop("others", None) or []
        teams = list(dict.fromkeys([*(cleaned.get("teams") or []), *others]))
        return cleaned | {"tasks": tasks, "main_effort": main, "teams": teams}

    def show_stored(self, stored: models.Model) -> None:
        """The tasks of what is stored now stand under the rows that were typed, the teams that
        it asks under those that were ticked."""
        super().show_stored(texts_of(stored, TEXTS))
        self.fields["teams"].stored = told(  # type: ignore[attr-defined]
            stored.teams.order_by("name"),  # type: ignore[attr-defined]
            self.cleaned_data["teams"],
        )
        self.stored = stored
        self.stored_tasks = [
            task for task in stored.tasks  # type: ignore[attr-defined]
            if task not in self.cleaned_data["tasks"]
        ]  # fmt: skip


def _named(name: str) -> Team:
    found = list(Team.objects.standing().filter(Q(name__iexact=name) | Q(slug=name))[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(
            _("Several teams are called “%(name)s”. Write the last part of its page’s address.")
            % {"name": name}
        )
    raise ValidationError(_("No team is called “%(name)s”.") % {"name": name})
