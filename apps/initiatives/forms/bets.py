"""The words of a bet: proposed, suggested from outside, edited."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.initiatives.actions import Aim
from apps.initiatives.forms.fields import GoalChoice, StopRows, goals_for, watchable, words
from apps.initiatives.models import Initiative, KillCriterion
from apps.objectives.fields import NumberField
from apps.objectives.models import KeyResult
from apps.organisation.models import User
from apps.organisation.widgets import DayInput, NumberInUnit
from apps.organisation.writes import VersionedForm


def title_field(*, max_length: int) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("What do you want to try?"),
        max_length=max_length,
        error_messages={"required": gettext_lazy("Say in a few words what you want to try.")},
    )


class ProposeForm(StopRows, forms.Form):
    asks_when_to_stop = True

    title = title_field(max_length=120)
    believe = words(gettext_lazy("We believe that"), rows=1, required=False)
    will = words(gettext_lazy("will"), rows=1, required=False)
    know_when = words(gettext_lazy("We will know when"), rows=1, required=False)
    no_criteria_because = words(
        gettext_lazy("None, because …"), rows=1, required=False,
        help_text=gettext_lazy("Only if there is really nothing that would make you stop."),
    )  # fmt: skip
    cost_note = forms.CharField(
        label=gettext_lazy("What will it cost, roughly?"), max_length=200, required=False
    )
    needed_sometimes = ("believe", "will", "know_when", "no_criteria_because")

    def __init__(
        self, *args: Any, goals: list[KeyResult], today: date, aims: Iterable[Aim] = (),
        stops: Iterable[KillCriterion] = (),
        continues: Initiative | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.today = today
        self.former = continues
        if continues:
            self.fields["continues"] = forms.BooleanField(
                label=_("It continues “%(title)s”") % {"title": continues},
                required=False,
                initial=True,
                help_text=gettext_lazy("What was learned there stands in its descent."),
            )
        known = list(aims)
        self.known_aims = len(known)
        self.aim_rows = self._rows("key_result_", self.with_one_more(known))
        for row in range(self.aim_rows):
            aim = known[row] if row < len(known) else Aim(None)  # type: ignore[arg-type]
            self.fields |= {
                f"key_result_{row}": GoalChoice(
                    goals=goals, chosen=aim.key_result, required=row == 0
                ),
                f"expected_effect_{row}": NumberField(
                    label=gettext_lazy("By how much?"), required=False,
                    initial=aim.expected_effect,
                    widget=NumberInUnit(below=gettext_lazy("As a change: 2, or −2 where it falls")),
                ),
                f"by_when_{row}": forms.DateField(
                    label=gettext_lazy("By when?"), widget=DayInput(), required=False,
                    initial=aim.by_when,
                ),
            }  # fmt: skip
        if self.asks_when_to_stop:
            self.add_stops(watchable=watchable(goals), stops=stops)

    @property
    def aims(self) -> list[dict[str, Any]]:
        return self._laid_out(
            ("key_result", "expected_effect", "by_when"), self.aim_rows, self.known_aims
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["aims"] = self._clean_aims(cleaned)
        if self.asks_when_to_stop:
            cleaned["stops"] = self.clean_stops(cleaned, today=self.today)
        if self.former:
            cleaned["continues"] = self.former if cleaned.get("continues") else None
        return cleaned

    def _clean_aims(self, cleaned: dict[str, Any]) -> list[Aim]:
        aims: list[Aim] = []
        for row in range(self.aim_rows):
            goal, effect, by_when = (
                cleaned.pop(f"{name}_{row}", None)
                for name in ("key_result", "expected_effect", "by_when")
            )
            if goal is None:
                if effect is not None or by_when is not None:
                    self.add_error(f"key_result_{row}", _("Choose a key result this should move."))
                continue
            if any(goal == aim.key_result for aim in aims):
                self.add_error(f"key_result_{row}", _("This key result stands above already."))
            if effect is not None and (wrong := _wrong_way(goal, effect)):
                self.add_error(f"expected_effect_{row}", wrong)
            if by_when and by_when < self.today and f"by_when_{row}" in self.changed_data:
                self.add_error(f"by_when_{row}", _("This day is over. Choose one still to come."))
            aims.append(Aim(goal, effect, by_when))
        return aims


def _wrong_way(goal: KeyResult, effect: Decimal) -> str:
    if goal.kind == KeyResult.Kind.INCREASE and effect <= 0:
        return _("This key result should rise. Enter a number above 0.")
    if goal.kind == KeyResult.Kind.DECREASE and effect >= 0:
        return _("This key result should fall. Enter a number below 0, like −2.")
    return ""


class SuggestForm(ProposeForm):
    """From outside: the idea and the goal; when to stop is for the team to say."""

    asks_when_to_stop = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("no_criteria_because", "cost_note"):
            del self.fields[name]


class EditForm(VersionedForm, ProposeForm):
    """Everything that may be said of it, as it stands, with room for one more of each."""

    title = title_field(max_length=500)  # what was imported may be longer than what is written here

    def __init__(
        self, *args: Any, initiative: Initiative, people: Iterable[User], **kwargs: Any
    ) -> None:
        links = initiative.links.all()
        kept = ["title", "believe", "will", "know_when", "no_criteria_because", "cost_note"]
        super().__init__(
            *args,
            version=initiative.version,
            goals=goals_for(initiative.team, *(link.key_result for link in links)),
            aims=[Aim(link.key_result, link.expected_effect, link.by_when) for link in links],
            stops=[stop for stop in initiative.kill_criteria.all() if not stop.answered],
            initial={name: getattr(initiative, name) for name in kept},
            **kwargs,
        )
        members, lead = {str(person.pk): person for person in people}, str(initiative.lead_id)
        self.fields["lead"] = forms.TypedChoiceField(
            label=gettext_lazy("Who leads it?"),
            choices=[(pk, person.name) for pk, person in members.items()],
            coerce=members.__getitem__,
            initial=lead if lead in members else None,
        )
