from typing import Any

from django import forms
from django.utils.translation import gettext as _

from apps.dashboards.handing_over import Hands, Thing
from apps.organisation.models import User

NOBODY = "nobody"


class HandOverForm(forms.Form):
    """Who takes each thing; every one is asked about, and nobody is an answer."""

    def __init__(self, *args: Any, hands: Hands, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hands = hands
        for thing in hands.things:
            self.fields[thing.name] = forms.ChoiceField(
                label=thing.title,
                help_text=thing.about,
                choices=[
                    ("", _("Choose")),
                    *((str(user.pk), user.name) for user in thing.takers),
                    (NOBODY, thing.nobody),
                ],
                error_messages={"required": _("Say who takes it, or that nobody does yet.")},
            )

    def clean(self) -> dict[str, Any]:
        """What was answered, as one thing: with its taker, or None."""
        cleaned = super().clean() or self.cleaned_data
        return {
            "taken": [
                (thing, _taker(thing, cleaned.get(thing.name, ""))) for thing in self.hands.things
            ]
        }


def _taker(thing: Thing, said: str | None) -> User | None:
    return next((user for user in thing.takers if str(user.pk) == said), None)
