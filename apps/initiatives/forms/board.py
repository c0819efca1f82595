from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from apps.objectives.models import Cycle


class BoardForm(forms.Form):
    """What of a board one wants to see; it only draws, the address is read as it stands."""

    key_result = forms.ChoiceField(label=gettext_lazy("Key result"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Led by"), required=False)
    cycle = forms.ChoiceField(label=gettext_lazy("Cycle"), required=False)
    needed_sometimes = ("key_result", "person", "cycle")

    def __init__(self, *args: Any, team: Any, cycles: Iterable[Cycle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(cycle.slug, cycle.name) for cycle in cycles]
        self.fields["key_result"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("All key results")),
            *((row["pk"], row["name"]) for row in team.aimed_at),
        ]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("Everyone")), *((row["pk"], row["name"]) for row in team.led_by),
        ]  # fmt: skip
        self.fields["cycle"].choices = [  # type: ignore[attr-defined]
            *known, ("all", gettext_lazy("All cycles")),
        ]  # fmt: skip
