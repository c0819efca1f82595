"""The ways in which a form asks: controls of our own, drawn by templates/django/forms/widgets/."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms


class Choices(forms.RadioSelect):
    """One radio a line, for choices of more than three words; a hint may stand under each.

    `opens` names the values that need further questions: those stand in a `.reveal` within
    the same `.reveals`.
    """

    template_name = "django/forms/widgets/choices.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        hints: Mapping[str, Any] | None = None,
        opens: Collection[str] = (),
    ) -> None:
        super().__init__(attrs)
        self.hints = hints or {}
        self.opens = opens

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        if str(value) in self.opens:
            option["attrs"]["class"] = "opens"
        return option

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With `options`: ours stand in no groups."""
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["widget"]["options"] = [
            option for _name, options, _n in groups for option in options
        ]
        return context


class Suggested(forms.TextInput):
    """A line to write in, where some of what may be written is offered."""

    template_name = "django/forms/widgets/suggested.html"

    def __init__(self, offered: Collection[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.offered = offered

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["offered"] = self.offered
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs']['id']}-offered"
        return context


class Ticks(forms.CheckboxSelectMultiple):
    """Some of several, one a line."""

    template_name = "django/forms/widgets/ticks.html"


class Segmented(Choices):
    """A few short choices side by side."""

    template_name = "django/forms/widgets/segmented.html"
    look = "seg"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["look"] = self.look
        return context


class Confidence(Segmented):
    """How sure the team is, 0 to 10, nothing prefilled."""

    template_name = "django/forms/widgets/confidence.html"
    look = "seg eleven"


class Scale(Segmented):
    """A few steps between two words, nothing prefilled. The words are read out with the first
    and the last step, too."""

    template_name = "django/forms/widgets/scale.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, low: Any, high: Any) -> None:
        super().__init__(attrs)
        self.low, self.high = low, high

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"low": self.low, "high": self.high}
        return context


class NumberInUnit(forms.TextInput):
    """A number as people write it, its unit after it, perhaps the last value under it."""

    template_name = "django/forms/widgets/number_in_unit.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, unit: Any = "", below: Any = ""
    ) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))
        self.unit = unit
        self.below = below

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget |= {"unit": self.unit, "below": self.below}
        own = [f"{widget['attrs']['id']}_{part}" for part in ("unit", "below") if widget[part]]
        described_by = [widget["attrs"].get("aria-describedby"), *own]
        widget["attrs"]["aria-describedby"] = " ".join(filter(None, described_by)) or False
        return context


class DayInput(forms.DateInput):
    """The browser's own calendar; it speaks ISO whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Words(forms.Textarea):
    """A text that grows as one writes."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: int = 2) -> None:
        super().__init__({"rows": rows} | (attrs or {}))
