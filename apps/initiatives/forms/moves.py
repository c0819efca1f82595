"""One form for each move of an initiative."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.initiatives.forms.fields import StopRows, learning_field, reason_field, watchable, words
from apps.initiatives.models import Initiative
from apps.organisation.widgets import Choices, DayInput
from apps.organisation.writes import VersionedForm


class MoveForm(VersionedForm):
    """The base of the forms about one initiative; their fields are named as the action's."""

    def __init__(self, *args: Any, initiative: Initiative, today: date, **kwargs: Any) -> None:
        super().__init__(
            *args, version=initiative.version, auto_id=f"initiative-{initiative.pk}-%s", **kwargs
        )
        self.initiative, self.today = initiative, today


class OtherInitiative(forms.TypedChoiceField):
    """One of the team's other initiatives."""

    def offer(self, initiatives: Iterable[Initiative]) -> None:
        by_pk = {str(initiative.pk): initiative for initiative in initiatives}
        self.coerce = by_pk.__getitem__
        self.choices = [(pk, initiative.title) for pk, initiative in by_pk.items()]


class RoomForm(MoveForm):
    """Where the team has set itself a limit and reached it: pause which one?"""

    pause = OtherInitiative(
        label=gettext_lazy("Pause which one?"), required=False, empty_value=None, widget=Choices()
    )
    needed_sometimes: tuple[str, ...] = ("pause",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.initiative.team
        live = Initiative.objects.filter(team=team).live().exclude(pk=self.initiative.pk)
        self.others = list(live.select_related("predecessor"))
        self.active = [other for other in self.others if other.is_active]
        self.fields["pause"].offer(self.active)  # type: ignore[attr-defined]
        self.fields["pause"].help_text = _(
            "%(team)s has set itself a limit of %(limit)s active initiatives."
        ) % {"team": team, "limit": team.active_limit}

    @property
    def asks_which_to_pause(self) -> bool:
        limit = self.initiative.team.active_limit
        return limit is not None and len(self.active) >= limit


class TakeOverForm(MoveForm):
    word = words(
        gettext_lazy("A word for the person who had the idea"), required=False,
        help_text=gettext_lazy("What you like about it, or what you will do otherwise."),
    )  # fmt: skip


class StartForm(RoomForm):
    pass


class ResumeForm(RoomForm):
    pass


class PauseForm(MoveForm):
    reason = forms.CharField(
        label=gettext_lazy("Why pause?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say in a few words why it waits.")},
    )
    look_again_on = forms.DateField(
        label=gettext_lazy("Look again on"), widget=DayInput(), required=False
    )

    def clean_look_again_on(self) -> date | None:
        day: date | None = self.cleaned_data["look_again_on"]
        if day is not None and day <= self.today:
            raise ValidationError(_("Choose a day still to come."))
        return day


class KillForm(MoveForm):
    reason = reason_field(
        gettext_lazy("Why do you kill it?"),
        hints={
            "better-idea": gettext_lazy(
                "If it takes this one’s place now, swap instead: one step, "
                "and the link to the key result stays."
            )
        },
    )
    learning = learning_field()


class FinishForm(MoveForm):
    delivered = words(
        gettext_lazy("What was delivered?"),
        error_messages={"required": gettext_lazy("Say in one sentence what was delivered.")},
    )
    learning = learning_field(required=False)


class DeclineForm(MoveForm):
    word = words(
        gettext_lazy("Why not?"),
        help_text=gettext_lazy("One sentence for the person who had the idea."),
        error_messages={"required": gettext_lazy("Say in one sentence why not.")},
    )


class SwapForm(StopRows, RoomForm):
    """What ends and why, and what takes its place: one proposed, or a new one (`NEW`)."""

    NEW = "new"

    reason = reason_field(gettext_lazy("Why does it end?"))
    learning = learning_field()
    successor = forms.ChoiceField(
        label=gettext_lazy("What takes its place?"),
        error_messages={"required": gettext_lazy("Choose what takes its place.")},
    )
    title = forms.CharField(
        label=gettext_lazy("What do you want to try?"), max_length=120, required=False
    )
    believe = words(gettext_lazy("We believe that"), rows=1, required=False)
    will = words(gettext_lazy("will"), rows=1, required=False)
    know_when = words(gettext_lazy("We will know when"), rows=1, required=False)
    no_criteria_because = words(gettext_lazy("None, because …"), rows=1, required=False)
    needed_sometimes = (
        "pause", "title", "believe", "will", "know_when", "no_criteria_because",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.free = {
            str(other.pk): other
            for other in self.others
            if other.is_proposed and not hasattr(other, "predecessor")
        }
        field = self.fields["successor"]
        field.choices = [  # type: ignore[attr-defined]
            *((pk, other.title) for pk, other in self.free.items()),
            (self.NEW, _("Something new")),
        ]
        field.widget = Choices(opens={self.NEW})
        field.widget.choices = field.choices  # type: ignore[attr-defined]
        if not self.free:
            field.initial = self.NEW
        links = self.initiative.links.all()
        self.add_stops(watchable=watchable(link.key_result for link in links))

    @property
    def asks_which_to_pause(self) -> bool:
        """What ends makes room of its own, if it was active."""
        return not self.initiative.is_active and super().asks_which_to_pause

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        stops = self.clean_stops(cleaned, today=self.today)
        chosen = cleaned.pop("successor", None)
        if chosen == self.NEW:
            if not cleaned.get("title") and "title" not in self.errors:
                self.add_error("title", _("Say in a few words what you want to try."))
            return cleaned | {"stops": stops}
        kept = {name: cleaned.get(name) for name in ("reason", "learning", "pause", "version")}
        return kept | {"successor": self.free.get(chosen or "")}
