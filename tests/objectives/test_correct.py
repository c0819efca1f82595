from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.objectives import actions
from apps.objectives.models import Measurement
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db

TYPED = {"value": "55.6", "reason": "Zahlendreher: 65,5 statt 55,6."}


@pytest.fixture
def measured(key_result, member):
    return actions.measure(key_result, day=TODAY, value=Decimal("65.5"), by=member, now=NOW)


def url_of(measurement):
    return f"/measurements/{measurement.pk}/correct/"


@pytest.mark.parametrize("who", ["member", "leader"])
def test_the_team_corrects_and_the_old_number_stays(request, visit, measured, who):
    person = request.getfixturevalue(who)
    assertContains(visit(person).get(url_of(measured)), "65.5%")

    response = visit(person).send(url_of(measured), TYPED)

    assertRedirects(response, measured.key_result.get_absolute_url())
    newer = Measurement.objects.get(supersedes=measured)
    assert (newer.value, newer.day, newer.reason) == (Decimal("55.6"), TODAY, TYPED["reason"])
    measured.refresh_from_db()
    assert measured.value == Decimal("65.5")
    effective = Measurement.objects.effective()
    assert [one.value for one in effective] == [Decimal("55.6")]
    assertContains(visit(person).get(measured.key_result.get_absolute_url()), TYPED["reason"])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"value": "?"}, "This must be a number, like 56.4."),
        ({"value": "65.5"}, "This is the number that stands already."),
        ({"value": "-1"}, "outside of what is possible"),
        ({"reason": " "}, "Say in one sentence what was wrong."),
        ({"reason": "\x00"}, "Null characters are not allowed."),
        ({"reason": "x" * 10_000}, "at most 500 characters"),
    ],
)
def test_bad_input_corrects_nothing(visit, measured, member, wrong, sentence):
    response = visit(member).send(url_of(measured), {**TYPED, **wrong})
    assertContains(response, sentence, status_code=422)
    kept = TYPED["value"] if "reason" in wrong else TYPED["reason"]
    assertContains(response, kept, status_code=422)
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize("who", ["leader_above", "neighbour", "observer", "administrator"])
def test_others_are_told_who_can(request, visit, measured, who):
    visitor = visit(request.getfixturevalue(who))
    response = visitor.send(url_of(measured), TYPED)
    assertContains(response, "Only Checkout can do this", status_code=403)
    assert Measurement.objects.count() == 1
    page = visitor.get(measured.key_result.get_absolute_url()).content.decode()
    assert url_of(measured) not in page


def test_one_number_is_corrected_once(visit, measured, member):
    visit(member).send(url_of(measured), TYPED)
    response = visit(member).send(url_of(measured), {**TYPED, "value": "50"})
    assertContains(response, "has been corrected already", status_code=422)
    newer = Measurement.objects.get(supersedes=measured)
    visit(member).send(url_of(newer), {**TYPED, "value": "50"})
    assert [one.value for one in Measurement.objects.effective()] == [Decimal("50")]


def test_a_correction_is_corrected_on_its_page_and_each_word_stays(visit, measured, member):
    person, page = visit(member), measured.key_result.get_absolute_url()
    person.send(url_of(measured), {"value": "55.6", "reason": "Two digits were swapped."})
    first = Measurement.objects.get(supersedes=measured)
    shown = person.get(page)
    assertContains(shown, url_of(first))
    assertNotContains(shown, url_of(measured))  # only the number that stands is corrected

    assertContains(person.get(url_of(first)), "55.6%")
    person.send(url_of(first), {"value": "65.5", "reason": "They were not."})

    second = Measurement.objects.get(supersedes=first)
    assert second.value == measured.value
    shown = person.get(page)
    assertContains(shown, "Two digits were swapped.")
    assertContains(shown, "They were not.")
    assertContains(shown, url_of(second))
    assertContains(shown, "Replaced on 20 Nov.", count=2)
    assertContains(shown, "65.5%; the target of 65% is reached.")
    rows = person.get(f"/key-results/{measured.key_result.pk}/numbers.csv").content.decode()
    assert [row.split(",")[1:3] for row in rows.splitlines()[1:]] == [
        ["65.5", "replaced"],
        ["55.6", "replaced"],
        ["65.5", "yes"],
    ]
