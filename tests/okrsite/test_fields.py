"""How a question looks: label, hint, error, control, tied together for those who don't see them."""

import re
from datetime import date

from django import forms
from django.utils import translation

from apps.organisation.widgets import Choices, Confidence, DayInput, NumberInUnit, Segmented
from okrsite.templatetags.forms_tags import error_summary


class Report(forms.Form):
    needed_sometimes = ("learning",)

    value = forms.CharField(widget=NumberInUnit(unit="%", below="Week 5: 55.6%"))
    sure = forms.TypedChoiceField(
        coerce=int,
        choices=[(n, str(n)) for n in range(11)],
        widget=Confidence,
        error_messages={"required": "Say how sure you are."},
    )
    next = forms.ChoiceField(choices=[("go", "Keep going"), ("kill", "Kill")],
                             widget=Segmented(opens={"kill"}))  # fmt: skip
    why = forms.ChoiceField(
        choices=[("cost", "Cost"), ("better-idea", "A better idea")],
        widget=Choices(hints={"better-idea": "Swap instead."}),
        required=False,
    )
    learning = forms.CharField(required=False, help_text="For other teams.")
    note = forms.CharField(required=False)
    day = forms.DateField(widget=DayInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def ids_in(html: str) -> set[str]:
    return set(re.findall(r'\sid="([^"]+)"', html))


def described_by(html: str) -> list[str]:
    [ids] = re.findall(r'aria-describedby="([^"]+)"', html)
    return ids.split()


def test_a_question_reads_label_hint_error_control():
    form = Report({})
    form.add_error("learning", "Say in one sentence what you learned.")
    html = form["learning"].as_field_group()
    places = [html.index(part) for part in ("<label", "For other teams.", "Say in one", "<input")]
    assert places == sorted(places)
    assert set(described_by(html)) <= ids_in(html)
    assert 'aria-invalid="true"' in html


def test_the_unit_and_the_last_value_are_read_with_the_number():
    html = Report()["value"].as_field_group()
    assert described_by(html) == ["id_value_unit", "id_value_below"]
    assert set(described_by(html)) <= ids_in(html)


def test_only_what_is_never_needed_says_that_it_is_optional():
    assert "(optional)" in Report()["note"].as_field_group()
    assert "(optional)" not in Report()["learning"].as_field_group()
    assert "(optional)" not in Report()["value"].as_field_group()


def test_confidence_is_eleven_radios_with_nothing_chosen():
    html = Report()["sure"].as_field_group()
    assert html.count('type="radio"') == 11
    assert "checked" not in html
    assert "<legend" in html


def test_the_choice_that_asks_for_more_opens_it():
    html = Report()["next"].as_field_group()
    assert re.search(r'value="kill"[^>]*class="opens"', html)
    assert not re.search(r'value="go"[^>]*class="opens"', html)


def test_a_choice_may_carry_a_hint():
    html = Report()["why"].as_field_group()
    assert "<b>A better idea</b><small>Swap instead.</small>" in html


def test_a_day_is_written_as_the_browser_reads_it_in_every_language():
    with translation.override("de"):
        assert 'value="2026-11-27"' in str(Report(initial={"day": date(2026, 11, 27)})["day"])


def test_the_whole_form_leaves_hidden_fields_to_its_start():
    assert 'name="version"' not in str(Report())


def test_what_is_stored_stands_beside_what_was_typed():
    form = Report({"note": "mine"})
    form.fields["note"].stored = "<theirs>"  # type: ignore[attr-defined]
    assert "Stored now: &lt;theirs&gt;" in form["note"].as_field_group()


def test_each_line_of_the_summary_leads_to_a_control():
    form = Report({"value": "7"}, prefix="conversion")
    problems = error_summary([form])["problems"]
    targets = dict(problems)
    assert "id_conversion-sure_0" in targets
    assert targets["id_conversion-sure_0"] == "Say how sure you are."
    assert set(filter(None, targets)) <= ids_in(str(form))
    assert ("", "This field is required.") in problems, "a hidden field has no place to go to"
