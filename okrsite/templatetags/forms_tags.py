"""What every form needs besides its fields."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.organisation.form_keys import new_key

register = template.Library()


@register.simple_tag(takes_context=True)
def once(context: Context, path: str = "") -> SafeString:
    """The one-time key of a form; `path` where it is sent to another address than this page's."""
    return format_html(
        '<input type="hidden" name="once" value="{}">', new_key(context["request"], path or None)
    )


@register.inclusion_tag("includes/_error_summary.html")
def error_summary(*groups: BaseForm | Iterable[BaseForm]) -> dict[str, Any]:
    """Everything that stops these forms, each line leading to its field. Without forms: nothing."""
    problems: list[tuple[str, Any]] = []
    for group in groups:
        forms: Iterable[Any] = [group] if isinstance(group, BaseForm) else group or []
        for form in forms:
            problems += [("", message) for message in form.non_field_errors()]
            for field in form:
                problems += [(first_control(field), message) for message in field.errors]
    return {"problems": problems}


@register.filter
def attributes(attrs: dict[str, Any]) -> SafeString:
    """Of a widget or of one of its options, as Django's attrs.html writes them: one call, where
    a scale from 0 to 10 would render that template eleven times."""
    return flatatt(attrs)


def first_control(field: BoundField) -> str:
    """A group of radios is entered by its first; a hidden field can't be entered at all."""
    if field.is_hidden:
        return ""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label
