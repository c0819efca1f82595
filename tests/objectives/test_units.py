"""The unit of a key result: its kind, what is kept of it, and how a number stands in it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from pytest_django.asserts import assertContains

from apps.exchange.standing import metric_and_unit
from apps.initiatives.effects import write_change
from apps.objectives.models import Amendment, KeyResult
from apps.objectives.units import UnitError, read_unit, told_in
from apps.objectives.values import written
from tests.everywhere.reading import Page
from tests.factories import KeyResultFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        ("%", "percent", "%"),
        (" Prozent ", "percent", "%"),
        ("€", "money", "€"),
        ("chf", "money", "CHF"),
        ("hours", "time", "h"),
        ("Tage", "time", "days"),
        ("Std.", "time", "h"),
        ("of 10", "score", "10"),
        ("von 5", "score", "5"),
        ("/100", "score", "100"),
        ("FTE", "free", "FTE"),
        ("orders a day", "free", "orders a day"),
        ("of 0", "free", "of 0"),
        ("", "free", ""),
    ],
)
def test_without_a_kind_the_text_says_it(text, kind, kept):
    assert read_unit(text) == (kind, kept)
    assert read_unit(told_in(kind, kept)) == (kind, kept)  # out and in again


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("percent", "", "%"),
        ("count", "orders", "orders"),
        ("count", "", ""),
        ("money", "usd", "USD"),
        ("time", "weeks", "weeks"),
        ("score", "10", "10"),
        ("score", "of 10", "10"),
        ("score", "", ""),
        ("free", "%", "%"),
    ],
)
def test_a_kind_that_was_chosen_is_kept(kind, text, kept):
    assert read_unit(text, kind) == (kind, kept)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("percent", "hours"), ("count", "€"), ("count", "%"), ("money", ""), ("money", "dollars"),
        ("time", ""), ("time", "orders"), ("score", "ten"), ("score", "0"), ("score", "٣"),
    ],
)  # fmt: skip
def test_a_unit_of_another_kind_is_refused(kind, text):
    with pytest.raises(UnitError):
        read_unit(text, kind)


@pytest.mark.parametrize(
    ("kind", "unit", "value", "english", "german"),
    [
        ("percent", "%", "12.5", "12.5%", "12,5 %"),
        ("count", "orders", "1200", "1,200 orders", "1.200 orders"),
        ("money", "€", "1200.5", "€1,200.50", "1.200,50 €"),
        ("money", "CHF", "-1200", "−CHF 1,200.00", "−1.200,00 CHF"),
        ("time", "h", "2.5", "2.5 h", "2,5 h"),
        ("time", "days", "1", "1 day", "1 day"),
        ("time", "days", "2", "2 days", "2 days"),
        ("score", "10", "7.5", "7.5 of 10", "7,5 of 10"),
        ("score", "", "42", "42", "42"),
        ("free", "FTE", "3", "3 FTE", "3 FTE"),
    ],
)
def test_a_number_stands_in_its_unit(kind, unit, value, english, german):
    key_result = KeyResult(kind="increase", unit_kind=kind, unit=unit, decimals=2)
    for language, expected in (("en", english), ("de", german)):
        with override(language):
            found = written(key_result, Decimal(value))
        assert found.replace("\N{NO-BREAK SPACE}", " ") == expected


def test_a_difference_is_in_points_and_never_of_ten():
    of = KeyResult(kind="increase", unit_kind="score", unit="10")
    percent = KeyResult(kind="increase", unit_kind="percent", unit="%")
    assert write_change(Decimal("0.5"), of, 1) == "+0.5"
    assert write_change(Decimal(3), percent, 1) == "+3 points"


@pytest.mark.parametrize(
    ("kind", "unit"), [("percent", "h"), ("money", ""), ("time", "Tage"), ("score", "of 10")]
)
def test_the_database_keeps_no_unit_of_another_kind(key_result, kind, unit):
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyResult.objects.filter(pk=key_result.pk).update(unit_kind=kind, unit=unit)


@pytest.fixture
def draft(team, cycle, leader):
    return ObjectiveFactory(team=team, cycle=cycle, owner=leader, state="draft")


def define(visitor, draft, **typed):
    url = f"/objectives/{draft.pk}/key-results/new/"
    usual = {
        "title": "Satisfaction", "kind": "increase", "team": draft.team_id, "decimals": "1",
        "ambition": "committed", "baseline": "6", "target": "8",
    }  # fmt: skip
    return visitor.send(url, usual | typed)


def test_the_kind_is_chosen_or_said_by_the_unit(visit, leader, draft):
    visitor = visit(leader)
    assertContains(visitor.get(f"/objectives/{draft.pk}/key-results/new/"), "Measured as")
    define(visitor, draft, unit_kind="score", unit="10")
    assert KeyResult.objects.values_list("unit_kind", "unit").get() == ("score", "10")
    define(visitor, draft, title="Orders a day", unit_kind="count", unit="orders")
    define(visitor, draft, title="Hours to an answer", kind="decrease", target="2", unit="hours")
    kinds = KeyResult.objects.order_by("pk").values_list("unit_kind", "unit")
    assert list(kinds)[1:] == [("count", "orders"), ("time", "h")]
    assertContains(visitor.get(draft.get_absolute_url()), "6 of 10")
    score = KeyResult.objects.order_by("pk")[0]
    assertContains(visitor.get(score.get_absolute_url()), "<dt>Unit</dt><dd>Score, of 10</dd>")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"unit_kind": "money"}, "Say in which currency, like €, CHF or USD."),
        ({"unit_kind": "time", "unit": "orders"}, "Say in what it is measured: s, min, h, days"),
        ({"unit_kind": "percent", "unit": "€"}, "A percentage has no other unit."),
        ({"unit_kind": "score", "unit": "5"}, "outside of what is possible"),
        ({"unit_kind": "furlongs"}, "furlongs"),
    ],
)
def test_what_does_not_fit_is_answered_at_the_field(visit, leader, draft, typed, sentence):
    response = define(visit(leader), draft, **typed)
    assertContains(response, sentence, status_code=422)
    assert not KeyResult.objects.exists()


def test_a_score_ends_at_the_best_one(visit, member, team):
    key_result = KeyResultFactory(
        objective__team=team, team=team, unit_kind="score", unit="10", baseline=6, target=8
    )
    url = f"/key-results/{key_result.pk}/measure/"
    typed = {"day": "2026-11-19", "value": "11", "note": ""}
    assertContains(visit(member).send(url, typed), "outside of what is possible", status_code=422)
    assert not key_result.measurements.exists()


def test_an_amended_kind_asks_what_the_standing_numbers_mean(visit, leader, key_result):
    visitor, url = visit(leader), f"/key-results/{key_result.pk}/amend/definition/"

    typed = Page(visitor.get(url).content.decode()).form_for(url)
    typed |= {"unit_kind": "free", "unit": "points", "reason": "It was never per cent."}
    if key_result.measurements.exists():
        assertContains(visitor.send(url, typed), "number", status_code=422)
        typed |= {"same_values": "on"}
    response = visitor.send(url, typed)
    assert response.status_code == 302
    key_result.refresh_from_db()
    assert (key_result.unit_kind, key_result.unit) == ("free", "points")
    rows = Amendment.objects.filter(key_result=key_result).values_list("field", "old", "new")
    assert set(rows) == {("unit_kind", "percent", "free"), ("unit", "%", "points")}
    page = visitor.get(key_result.get_absolute_url())
    assertContains(page, "Kind of unit")
    assertContains(page, "Percent")


def test_a_list_says_a_score_in_words():
    assert metric_and_unit(KeyResult(unit_kind="score", unit="10"))[1] == "of 10"
