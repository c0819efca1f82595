"""Writes that cannot be lost: versions on rows, conflicts shown and not overwritten.

An editable row has a version, a form carries the one it was drawn from, and an action
that finds another raises Conflict. once.py keeps the same form from counting twice.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from apps.organisation.kept import LOOKED_AT

Row = TypeVar("Row", bound=models.Model)


class Conflict(Exception):
    """Someone else changed the row since the form was drawn; `stored` is what stands now."""

    def __init__(self, stored: models.Model) -> None:
        super().__init__(stored)
        self.stored = stored


def lock(row: Row, *, version: int | None = None) -> Row:
    """Hold the row for update, as it is stored now. None: any version will do."""
    stored = row.__class__._default_manager  # request.user is lazy: its type() is no model
    row.refresh_from_db(from_queryset=stored.select_for_update())
    if version is not None and row.version != version:  # type: ignore[attr-defined]
        raise Conflict(row)
    return row


def require_text(name: str, text: str, otherwise: str) -> str:
    """The text without blanks around it; where nothing is left, `otherwise` stands at its field.
    Forms ask for it with the same sentence, so other callers are refused in the same words."""
    if stripped := text.strip():
        return stripped
    raise ValidationError({name: otherwise})


class VersionedForm(forms.Form):
    """A form about a row that others may change at the same time; `version` must come back."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version
        self.stored: models.Model | None = None

    def show_stored(self, stored: models.Model) -> None:
        """Keep what was typed, put beside it what is stored now; sending again overwrites it."""
        self.stored = stored
        self.add_error(
            None,
            _(
                "Someone changed this while you were writing. What is stored now stands "
                "below each field that differs. Send again to replace it with yours."
            ),
        )
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("version")] = str(stored.version)  # type: ignore[attr-defined, index]
        for name, field in self.fields.items():
            theirs = getattr(stored, name, None)
            if name != "version" and theirs is not None and theirs != self.cleaned_data.get(name):
                field.stored = _told(field, theirs)  # type: ignore[attr-defined]


def _told(field: forms.Field, stored: Any) -> Any:
    """As this person would have typed or chosen it: numbers in his or her own notation."""
    if isinstance(field, forms.ModelChoiceField):
        return stored
    if isinstance(field, forms.ChoiceField):
        return dict(field.choices).get(stored, stored)  # type: ignore[arg-type]
    return field.prepare_value(stored)


def carry_out(form: forms.Form, act: Callable[..., object]) -> bool:
    """Do it with what the form cleaned. What the action refuses stands in the form, and a form
    that is only looked at (kept.py) does nothing."""
    if not form.is_valid() or LOOKED_AT in form.data:
        return False
    try:
        with transaction.atomic():
            act(**form.cleaned_data)
    except ValidationError as refused:
        _show_refusal(form, refused)
    except Conflict as conflict:
        if not isinstance(form, VersionedForm):  # a form that carries no version
            raise
        form.show_stored(conflict.stored)
    return not form.errors


def _show_refusal(form: forms.Form, refused: ValidationError) -> None:
    """At its field, where this form asks for it; one action serves forms that ask differently."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def form_status(form: forms.Form) -> int:
    """The status of a page that shows this form: 409 a conflict, 422 refused, 200 not sent."""
    if isinstance(form, VersionedForm) and form.stored is not None:
        return 409
    return 422 if form.errors else 200
