from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from apps.exchange.layout import LAYOUTS
from apps.exchange.reader import LONGEST_FILE


class ListField(forms.FileField):
    """A CSV file or a workbook; looked at by its size only, and opened by the reader."""

    default_error_messages = {
        "too-large": _("This file has %(size)s. At most %(most)s can be read."),
        "empty": _("This file is empty."),
    }

    def __init__(self, **kwargs: Any) -> None:
        accept = forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"})
        super().__init__(max_length=200, widget=accept, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        file: UploadedFile | None = super().clean(data, initial)
        size = (file.size or 0) if file else 0
        if size > LONGEST_FILE:
            sizes = {"size": filesizeformat(size), "most": filesizeformat(LONGEST_FILE)}
            raise ValidationError(self.error_messages["too-large"], "too-large", sizes)
        return file


class PrepareImportForm(forms.Form):
    okrs = ListField(
        label=_("The list"),
        help_text=_("CSV or XLSX with a row for each key result or initiative."),
        error_messages={"required": _("Choose the file with the list.")},
    )
    tree = ListField(
        label=_("Tree of teams"),
        help_text=_("Which team hangs below which: cycle, team, parent_team."),
        required=False,
    )
    measurements = ListField(
        label=_("Measurements"),
        help_text=_("Dated values and confidences of key results in the list."),
        required=False,
    )
    cycles = ListField(
        label=_("Days of cycles"),
        help_text=_("First and last day where the name does not say it: cycle, starts, ends."),
        required=False,
    )

    def read_files(self) -> dict[str, tuple[str, bytes]]:
        """Name and bytes of what was handed in, by role."""
        return {
            layout.name: (file.name, file.read())
            for layout in LAYOUTS
            if (file := self.cleaned_data[layout.name])
        }


class ImportForm(forms.Form):
    """Only the word to do it; what, was handed in before."""
