from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.objectives.forms.objective import LONGEST_TEXT, offer
from apps.objectives.models import Cycle, KeyResult, LookBack, Objective, Review
from apps.organisation.widgets import Choices, Words
from apps.organisation.writes import VersionedForm

REMARK = "remark-"


class ReviewForm(VersionedForm):
    """A sentence a key result, and two questions for the whole; it may be saved in part."""

    learnt = forms.CharField(
        label=_("What did we learn?"), max_length=LONGEST_TEXT, required=False, widget=Words(rows=3)
    )
    what_next = forms.ChoiceField(
        label=_("What next?"), choices=Review.Next, required=False, widget=Choices
    )
    # Each is wanted before the objective can be closed, so none is marked as optional.
    needed_sometimes: Collection[str] = ("learnt", "what_next")

    def __init__(
        self, *args: Any, review: Review | None, key_results: Iterable[KeyResult], **kwargs: Any
    ) -> None:
        said = {remark.key_result_id: remark.text for remark in _remarks(review)}
        initial = {"learnt": review.learnt, "what_next": review.what_next} if review else {}
        version = review.version if review else 0
        super().__init__(*args, initial=initial, version=version, **kwargs)
        for key_result in key_results:
            self.fields[f"{REMARK}{key_result.pk}"] = forms.CharField(
                label=_("What does this number not tell?"),
                help_text=_("One sentence. The score is computed and can’t be typed."),
                max_length=LONGEST_TEXT,
                required=False,
                initial=said.get(key_result.pk, ""),
                widget=Words(rows=2),
            )
        self.needed_sometimes = list(self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        remarks = {
            int(name.removeprefix(REMARK)): cleaned.pop(name)
            for name in list(cleaned)
            if name.startswith(REMARK)
        }
        return cleaned | {"remarks": remarks}

    def show_stored(self, stored: Any) -> None:
        """The review that stands now, with its sentences."""
        super().show_stored(stored)
        for remark in stored.remarks.all():
            field = self.fields.get(f"{REMARK}{remark.key_result_id}")
            if field and remark.text != self.cleaned_data["remarks"].get(remark.key_result_id):
                field.stored = remark.text  # type: ignore[attr-defined]


def _remarks(review: Review | None) -> Any:
    return review.remarks.all() if review else ()


class CloseForm(VersionedForm):
    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, version=objective.version, **kwargs)


class CarryOverForm(forms.Form):
    """It carries no version: the old objective stays as it is."""

    cycle = forms.ModelChoiceField(
        Cycle.objects.none(),
        label=_("In which cycle does it go on?"),
        empty_label=None,
        widget=Choices,
        error_messages={"required": _("Choose a cycle.")},
    )

    def __init__(self, *args: Any, cycles: list[Cycle], **kwargs: Any) -> None:
        """`cycles` are offered; whether others may be meant, the action knows."""
        super().__init__(*args, **kwargs)
        offer(self.fields["cycle"], Cycle.objects.all(), cycles)


class LookBackForm(VersionedForm):
    helped = forms.CharField(
        label=_("What helped?"), max_length=LONGEST_TEXT, widget=Words(rows=3),
        error_messages={"required": _("Say in a sentence what helped.")},
    )  # fmt: skip
    differently = forms.CharField(
        label=_("What would we do differently?"), max_length=LONGEST_TEXT, widget=Words(rows=3),
        error_messages={"required": _("Say in a sentence what you would do differently.")},
    )  # fmt: skip
    learnt = forms.CharField(
        label=_("What did we learn about our means?"), max_length=LONGEST_TEXT,
        widget=Words(rows=3),
        error_messages={"required": _("Say in a sentence what you learned about your means.")},
    )  # fmt: skip

    def __init__(self, *args: Any, look_back: LookBack | None, **kwargs: Any) -> None:
        initial = {}
        if look_back:
            initial = {
                name: getattr(look_back, name) for name in ("helped", "differently", "learnt")
            }
        super().__init__(
            *args, initial=initial, version=look_back.version if look_back else 0, **kwargs
        )
