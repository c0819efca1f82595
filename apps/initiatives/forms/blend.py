from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from apps.initiatives.blending import Tried, Try
from apps.initiatives.models import Initiative
from apps.objectives.fields import NumberField
from apps.organisation.widgets import NumberInUnit

HUNDRED = Decimal(100)


class BlendForm(forms.Form):
    """How far each initiative is said to be, and what to try on it; all of it on paper."""

    def __init__(self, *args: Any, initiatives: Iterable[Initiative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tried = [Tried(initiative) for initiative in initiatives]
        for one in self.tried:
            if one.is_done:
                continue
            pk = one.initiative.pk
            self.fields[f"share-{pk}"] = NumberField(
                label=_("How far is it?"), required=False, example=Decimal(90),
                initial=one.shown * HUNDRED, widget=NumberInUnit(unit="%"),
            )  # fmt: skip
            self.fields[f"move-{pk}"] = forms.ChoiceField(
                label=_("And then"), choices=Try, required=False, initial=Try.LEAVE
            )

        self.needed_sometimes = tuple(self.fields)  # an empty one leaves things as they are

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, share in list(cleaned.items()):
            if name.startswith("share-") and share is not None and not 0 <= share <= HUNDRED:
                self.add_error(name, _("Enter a share from 0 to 100."))
        return cleaned

    def result(self) -> list[Tried]:
        """As it stands, where nothing (or nonsense) was typed."""
        return [self._tried(one.initiative) for one in self.tried]

    def _tried(self, initiative: Initiative) -> Tried:
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        share = said.get(f"share-{initiative.pk}")
        move = said.get(f"move-{initiative.pk}") or Try.LEAVE
        return Tried(initiative, None if share is None else share / HUNDRED, move)

    @property
    def questions(self) -> list[tuple[Initiative, BoundField, BoundField]]:
        return [
            (one.initiative, self[f"share-{pk}"], self[f"move-{pk}"])
            for one in self.tried
            if not one.is_done and (pk := one.initiative.pk)
        ]
