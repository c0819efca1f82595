"""What one looks for among the learnings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from apps.initiatives.models import Status, Verdict
from apps.objectives.models import Cycle
from apps.organisation.widgets import Suggested

ENDS = [(status.value, status.label) for status in (Status.DONE, Status.SWAPPED, Status.KILLED)]


class LearningsForm(forms.Form):
    """Sent with GET; everything may stay empty. `offers`: what is suggested while one types."""

    q = forms.CharField(
        label=gettext_lazy("Search learnings"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    team = forms.CharField(label=gettext_lazy("Team"), max_length=80, required=False)
    key_result = forms.CharField(label=gettext_lazy("Key result"), max_length=500, required=False)
    metric = forms.CharField(label=gettext_lazy("Metric"), max_length=200, required=False)
    ended = forms.ChoiceField(
        label=gettext_lazy("How it ended"), required=False,
        choices=[("", gettext_lazy("All")), *ENDS],
    )  # fmt: skip
    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict"), required=False,
        choices=[("", gettext_lazy("All")), *Verdict.Kind.choices],
    )  # fmt: skip
    cycle = forms.TypedChoiceField(label=gettext_lazy("Cycle"), required=False, empty_value=None)

    needed_sometimes = ("team", "key_result", "metric", "ended", "verdict", "cycle")

    def __init__(
        self, *args: Any, cycles: list[Cycle], offers: dict[str, list[str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        by_slug = {cycle.slug: cycle for cycle in cycles}
        self.fields["cycle"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("All")),
            *((slug, cycle.name) for slug, cycle in by_slug.items()),
        ]
        self.fields["cycle"].coerce = by_slug.__getitem__  # type: ignore[attr-defined]
        for name, offered in offers.items():
            self.fields[name].widget = Suggested(offered)

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())
