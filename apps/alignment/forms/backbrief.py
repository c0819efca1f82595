from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.alignment.forms.fields import texts_of, told, words
from apps.alignment.models import PROMPTS, Backbrief
from apps.initiatives.models import Initiative
from apps.organisation.writes import VersionedForm


class BackbriefForm(VersionedForm):
    """A team's answer; `number` is the revision that it has read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    understood = words(
        gettext_lazy("What did we understand?"),
        rows=4,
        required=False,
        help_text=gettext_lazy(
            "In your own words. If it reads like the briefing, it says nothing."
        ),
    )
    will_do = forms.ModelMultipleChoiceField(
        Initiative.objects.none(),
        label=gettext_lazy("What will we do?"),
        help_text=gettext_lazy("You may change this any day. It shows how you mean it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs = words(
        gettext_lazy("What do we need?"), required=False,
        help_text=gettext_lazy("From whom, by when."),
    )  # fmt: skip
    gives_up = words(
        gettext_lazy("What do we give up?"), required=False,
        help_text=gettext_lazy("Doing more of one thing is doing less of another."),
    )  # fmt: skip
    questions = words(gettext_lazy("What do we ask?"), required=False)
    needed_sometimes = ("understood",)

    def __init__(
        self, *args: Any, backbrief: Backbrief | None, number: int,
        initiatives: Iterable[Initiative], chosen: Iterable[int], **kwargs: Any,
    ) -> None:  # fmt: skip
        said = {name: getattr(backbrief, name) for name in PROMPTS} if backbrief else {}
        super().__init__(
            *args,
            version=backbrief.version if backbrief else 0,
            initial={**said, "number": number, "will_do": list(chosen)},
            **kwargs,
        )
        self.revision = number
        offered = list(initiatives)
        field = self.fields["will_do"]
        field.queryset = Initiative.objects.filter(pk__in=[one.pk for one in offered])  # type: ignore[attr-defined]
        field.choices = [(one.pk, _label(one)) for one in offered]  # type: ignore[attr-defined]

    def show_stored(self, stored: models.Model) -> None:
        """Sent again, it answers the revision that stands beside it now."""
        super().show_stored(texts_of(stored, PROMPTS))
        if stored.pk:  # a first answer may meet a revision that is newer
            self.fields["will_do"].stored = told(  # type: ignore[attr-defined]
                stored.will_do.order_by("pk"),  # type: ignore[attr-defined]
                self.cleaned_data["will_do"],
            )
        self.stored = stored
        self.data["number"] = str(self.revision)  # type: ignore[index]


def _label(initiative: Initiative) -> str:
    return _("%(title)s, %(status)s") % {
        "title": initiative.title,
        "status": initiative.get_status_display().lower(),
    }


class AcceptForm(VersionedForm):
    comment = words(
        gettext_lazy("A word to the team"),
        help_text=gettext_lazy("What becomes of what they need, for instance."),
        required=False,
    )


class ReturnForm(VersionedForm):
    comment = words(
        gettext_lazy("What did you mean instead?"),
        help_text=gettext_lazy("Returned is normal: it is where the talking happens."),
        rows=3,
        error_messages={"required": gettext_lazy("Say what you meant instead.")},
    )
