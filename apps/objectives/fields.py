"""Form fields of numbers: typed in English or German, kept as typed, cleaned to Decimal."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from apps.objectives.figures import MOST_DECIMALS, NumberError, read_number, write_number


class NumberField(forms.Field):
    """Cleans to a Decimal, or to None where nothing need be typed.

    `example` is the number in the sentences about errors: one that would be right here.
    """

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Enter a number, like %(example)s."),
        "not-a-number": _("This must be a number, like %(example)s."),
        "too-long": _("This is too long for a number. Enter one like %(example)s."),
        "too-large": _("This number is too large. Use at most 14 digits, like %(example)s."),
    }

    def __init__(
        self,
        *,
        decimals: int = MOST_DECIMALS,
        example: Decimal = Decimal("56.4"),
        **kwargs: Any,
    ) -> None:
        self.decimals, self.example = decimals, example
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """A stored number as this person writes it; what was typed, as it was typed."""
        if isinstance(value, Decimal):
            return write_number(value, MOST_DECIMALS, str(get_language()))
        return value

    def clean(self, value: str | None) -> Decimal | None:
        try:
            return read_number(value or "", str(get_language()), decimals=self.decimals)
        except NumberError as error:
            if error.code == "empty" and not self.required:
                return None
            raise self._refusal(error.code) from error

    def _refusal(self, code: str) -> ValidationError:
        if code == "too-many-decimals" and self.decimals == 0:
            whole = write_number(self.example, 0, str(get_language()))
            return ValidationError(
                _("Enter a whole number, like %(example)s."), code, {"example": whole}
            )
        example = write_number(self.example, self.decimals, str(get_language()))
        if code == "too-many-decimals":
            sentence = ngettext(
                "Use at most %(decimals)s decimal, like %(example)s.",
                "Use at most %(decimals)s decimals, like %(example)s.",
                self.decimals,
            )
            return ValidationError(sentence, code, {"decimals": self.decimals, "example": example})
        code = "required" if code == "empty" else code
        return ValidationError(self.error_messages[code], code, {"example": example})
