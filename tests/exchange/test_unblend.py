"""The wizard: paste a blended list, sort its lines, look, create all of it as drafts."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.exchange.unblended import UnblendedList
from apps.initiatives.models import Initiative
from apps.objectives.models import KeyResult, Objective
from tests.exchange.test_unblend_sort import STORY
from tests.factories import bring

URL = "/import/unblend/"


@pytest.fixture
def pasted(visit, leader, team, cycle):
    """Pasted by the team's leader; returns how to visit the next steps."""
    return paste(visit(leader), team, cycle, STORY)


def paste(visitor, team, cycle, text, **more):
    answer = visitor.send(URL, {"team": team.pk, "cycle": cycle.pk, "text": text, **more})
    assert answer.status_code == 302, answer.content.decode()
    return UnblendedList.objects.get()


def typed(unblended, **changed):
    """The sort form as the page shows it, with some of it changed."""
    fields = {"version": unblended.version, "objective_title": unblended.objective_title}
    for place, line in enumerate(unblended.lines):
        for name in ("kind", "start", "target", "unit", "moves", "will", "know_when"):
            fields[f"line-{place}-{name}"] = str(getattr(line.choice, name))
    return fields | {name.replace("__", "-"): value for name, value in changed.items()}


def url(unblended, step=""):
    return f"{URL}{unblended.pk}/{step}"


def create(visitor, unblended):
    unblended.refresh_from_db()
    return visitor.send(url(unblended, "create/"), {"version": unblended.version})


# -- Paste -----------------------------------------------------------------------------------


def test_a_list_is_kept_as_it_is_and_nothing_is_created(pasted, leader, team, cycle):
    assert pasted.text == STORY
    assert (pasted.team, pasted.cycle, pasted.by) == (team, cycle, leader)
    assert not Objective.objects.exists()
    assert not Initiative.objects.exists()


def test_each_line_is_shown_with_its_reason(visit, leader, pasted):
    page = visit(leader).get(url(pasted, "sort/")).content.decode()
    for line in STORY.splitlines():
        assert line in page
    assert "a count of our own pieces is an output, though it has a number" in page
    assert "“guests don’t need a password” is its outcome, and stays as the hypothesis" in page
    assert "1 objective" in page
    assert "3 initiatives" in page


def test_a_file_is_read_as_well(visit, leader, team, cycle):
    file = SimpleUploadedFile("list.csv", "\ufeffZiel;Ergebnis\nWachsen;NPS 45\n".encode())
    unblended = paste(visit(leader), team, cycle, "", file=file)
    assert [line.text for line in unblended.lines] == ["Wachsen", "NPS 45"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.xlsx", b"PK", "Choose a file in text, Markdown or CSV"),
        ("list.txt", b"B\xe4cker", "Save it in UTF-8"),
        ("list.txt", b"a\x00b", "This is no text"),
        ("list.txt", b"a" * 500_000, "This file is too large"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    visit, leader, team, cycle, name, content, sentence
):
    body = {"team": team.pk, "cycle": cycle.pk, "file": SimpleUploadedFile(name, content)}
    answer = visit(leader).send(URL, body)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not UnblendedList.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Paste a list, or choose a file."),
        (" \n \n", "Paste a list, or choose a file."),
        ("---\n***\n", "There is no line in it that says something."),
        ("Build a\x00 tool", "Null characters are not allowed."),
        ("Build a tool\n" * 501, "These are 501 lines. Bring in at most 500 at a time."),
        ("x" * 100_001, "at most 100000 characters"),
    ],
)
def test_what_is_no_list_is_refused_and_kept(visit, leader, team, cycle, text, sentence):
    answer = visit(leader).send(URL, {"team": team.pk, "cycle": cycle.pk, "text": text})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not UnblendedList.objects.exists()


# -- Sort ------------------------------------------------------------------------------------


def test_the_person_has_the_last_word(visit, leader, pasted):
    changed = typed(
        pasted, line__3__kind="key-result", line__3__start="7,1", line__3__target="8",
        line__3__unit="of 10", line__2__moves="Checkout conversion from 52 to 65%",
    )  # fmt: skip
    answer = visit(leader).send(url(pasted, "sort/"), changed | {"line-3-start": "7.1"})
    assert answer.status_code == 302
    stored = UnblendedList.objects.get()
    assert stored.lines[3].kind == "key-result"
    assert stored.lines[3].choice.figures == (Decimal("7.1"), Decimal(8))
    assert stored.lines[2].choice.moves == "Checkout conversion from 52 to 65%"


def test_bad_numbers_keep_everything_that_was_typed(visit, leader, pasted):
    changed = typed(pasted, line__1__start="many", line__2__know_when="People come back")
    answer = visit(leader).send(url(pasted, "sort/"), changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This must be a number" in page
    assert 'value="many"' in page
    assert "People come back" in page
    assert UnblendedList.objects.get().version == pasted.version


@pytest.mark.parametrize(
    "changed",
    [
        {"line__1__start": "65"},
        {"line__1__kind": "horoscope"},
        {"line__2__will": "a\x00b"},
        {"line__2__will": "x" * 10_000},
        {"line__1__target": "1" * 30},
        {"line__0__kind": "initiative"},
    ],
)
def test_what_cannot_be_is_refused(visit, leader, pasted, changed):
    answer = visit(leader).send(url(pasted, "sort/"), typed(pasted, **changed))
    assert answer.status_code == 422
    assert UnblendedList.objects.get().version == pasted.version


def test_an_objective_may_be_written_where_the_list_has_none(visit, leader, pasted):
    changed = typed(pasted, line__0__kind="initiative", objective_title="Paying feels like nothing")
    assert visit(leader).send(url(pasted, "sort/"), changed).status_code == 302
    create(visit(leader), pasted)
    assert Objective.objects.get().title == "Paying feels like nothing"


def test_who_sorts_at_the_same_time_is_told(visit, leader, leader_above, pasted):
    first = typed(pasted, line__3__kind="initiative")
    assert visit(leader_above).send(url(pasted, "sort/"), first).status_code == 302
    answer = visit(leader).send(url(pasted, "sort/"), typed(pasted, line__3__kind="key-result"))
    assert answer.status_code == 409
    assert "Someone changed this while you were writing" in answer.content.decode()
    assert UnblendedList.objects.get().lines[3].kind == "initiative"


# -- Look and create -------------------------------------------------------------------------


def test_the_blend_is_shown_beside_the_outcome_and_kept_nowhere(visit, leader, pasted):
    page = visit(leader).get(url(pasted, "create/")).content.decode()
    assert "38%" in page  # (0 + ½ + ½ + ½) / 4
    assert "0 of 1" in page
    create(visit(leader), pasted)
    assert KeyResult.objects.get().measurements.count() == 0


def test_all_of_it_is_created_as_drafts(visit, leader, team, pasted):
    answer = create(visit(leader), pasted)
    assert answer.status_code == 302
    objective = Objective.objects.get()
    assert (objective.state, objective.team) == (Objective.State.DRAFT, team)
    assert objective.title == "Create a world-class checkout experience"
    key_result = KeyResult.objects.get()
    assert key_result.title == "Checkout conversion from 52 to 65%"
    assert (key_result.baseline, key_result.target, key_result.unit) == (52, 65, "%")
    initiatives = Initiative.objects.order_by("pk")
    assert [one.title for one in initiatives] == [STORY.splitlines()[n] for n in (2, 4, 5)]
    assert {one.status for one in initiatives} == {"proposed"}
    assert not any(one.from_outside for one in initiatives)
    assert initiatives[1].will == "guests don’t need a password"


def test_a_line_that_stands_twice_becomes_one_key_result(visit, leader, team, cycle):
    text = "\n".join(
        ["O: Pay in a minute", "KR: Conversion from 52 to 65%", "KR: conversion, from 52 to 65 %"]
    )
    unblended = paste(visit(leader), team, cycle, text)
    assert create(visit(leader), unblended).status_code == 302
    key_result = KeyResult.objects.get()
    lines = UnblendedList.objects.get().lines
    assert [line.became for line in lines[1:]] == [("key_result", key_result.pk)] * 2


def test_every_line_stands_somewhere(visit, leader, pasted):
    create(visit(leader), pasted)
    unblended = UnblendedList.objects.get()
    assert all(line.became for line in unblended.lines)
    assert "Kundenzufriedenheitsbefragungsergebnisse verbessern" in Objective.objects.get().why
    page = visit(leader).get(url(unblended)).content.decode()
    for line in STORY.splitlines():
        assert page.count(line) == 2  # in the table, and in the text as it was
    assert unblended.text == STORY


def test_what_is_too_long_for_a_title_is_kept_whole(visit, leader, team, cycle):
    goal, result, work = "Happy shoppers " * 40, "Conversion up by 5% " * 40, "Build a tool " * 40
    text = "\n".join(words.strip() for words in (goal, result, work))
    unblended = paste(visit(leader), team, cycle, text)
    assert create(visit(leader), unblended).status_code == 302
    assert Objective.objects.get().why == goal.strip()
    assert KeyResult.objects.get().metric == result.strip()
    assert Initiative.objects.get().believe == work.strip()


def test_a_leader_above_only_suggests_the_means(visit, leader_above, team, cycle):
    unblended = paste(visit(leader_above), team, cycle, STORY)
    page = visit(leader_above).get(url(unblended, "create/")).content.decode()
    assert "they arrive as suggestions from outside" in page
    create(visit(leader_above), unblended)
    assert all(Initiative.objects.values_list("from_outside", flat=True))


def test_an_initiative_is_linked_where_its_key_result_is_on_the_table(
    visit, leader, key_result, pasted
):
    changed = typed(
        pasted, line__2__moves=key_result.title.upper(), line__4__moves=STORY.splitlines()[1]
    )
    visit(leader).send(url(pasted, "sort/"), changed)
    create(visit(leader), pasted)
    linked, unlinked, _third = Initiative.objects.order_by("pk")
    assert [link.key_result for link in linked.links.all()] == [key_result]
    assert not unlinked.links.exists()
    assert unlinked.know_when == "It should move: Checkout conversion from 52 to 65%"


def test_a_decrease_is_told_by_its_numbers_or_its_words(visit, leader, team, cycle):
    text = "Be quick\nWait from 9 to 4 minutes\nChurn below 2 %"
    unblended = paste(visit(leader), team, cycle, text)
    create(visit(leader), unblended)
    assert set(KeyResult.objects.values_list("kind", flat=True)) == {"decrease"}


def test_lines_follow_the_objective_above_them(visit, leader, team, cycle):
    text = "NPS 45\nO1: Be loved\nChurn below 2 %\nO2: Be quick\nUptime of 99.9 %\nBe nice"
    unblended = paste(visit(leader), team, cycle, text)
    create(visit(leader), unblended)
    found = {o.title: [k.title for k in o.key_results.all()] for o in Objective.objects.all()}
    assert found == {
        "Be loved": ["NPS 45", "Churn below 2 %"],
        "Be quick": ["Uptime of 99.9 %"],
    }
    assert "Be nice" in Objective.objects.get(title="Be quick").why


def test_a_list_is_created_once(visit, leader, pasted):
    create(visit(leader), pasted)
    answer = create(visit(leader), pasted)
    assert answer.status_code == 422
    assert "created already" in answer.content.decode()
    assert Objective.objects.count() == 1
    assert visit(leader).get(url(pasted, "sort/")).status_code == 302


def test_nothing_is_created_in_a_closed_cycle(visit, leader, cycle, pasted):
    bring(cycle, "closed")
    answer = create(visit(leader), pasted)
    assert answer.status_code == 422
    assert "is closed" in answer.content.decode()
    assert not Objective.objects.exists()
    assert not Initiative.objects.exists()


def test_five_hundred_lines_go_through(visit, leader, team, cycle):
    text = "Be loved\n" + "NPS from 1 to 2\nBuild a tool\n" * 249 + "Improve it"
    unblended = paste(visit(leader), team, cycle, text)
    assert len(unblended.lines) == 500
    answer = visit(leader).send(url(unblended, "sort/"), typed(unblended))
    assert answer.status_code == 302


# -- Who -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["member", "observer", "administrator"])
def test_who_leads_nothing_cannot_bring_in_a_list(visit, request, team, cycle, who):
    person = request.getfixturevalue(who)
    answer = visit(person).get(URL)
    assert answer.status_code == 403
    assert "Only leaders can bring in a list" in answer.content.decode()
    body = {"team": team.pk, "cycle": cycle.pk, "text": STORY}
    assert visit(person).send(URL, body).status_code == 403
    assert not UnblendedList.objects.exists()


def test_a_leader_of_another_branch_cannot_bring_in_a_list_for_it(visit, neighbour, team, cycle):
    body = {"team": team.pk, "cycle": cycle.pk, "text": STORY}
    answer = visit(neighbour).send(URL, body)
    assert answer.status_code == 403
    assert "Only leaders of Checkout, or above it" in answer.content.decode()
    assert not UnblendedList.objects.exists()


@pytest.mark.parametrize("step", ["", "sort/", "create/"])
@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_a_list_is_for_the_leadership_of_its_team(visit, request, pasted, who, step):
    visitor = visit(request.getfixturevalue(who))
    assert visitor.get(url(pasted, step)).status_code == 404
    if step:
        assert visitor.send(url(pasted, step), typed(pasted)).status_code == 404
    assert not Objective.objects.exists()


def test_a_page_of_it_asks_few_questions(
    visit, leader, team, cycle, pasted, django_assert_max_num_queries
):
    visitor = visit(leader)
    for step in ["sort/", "create/"]:
        with django_assert_max_num_queries(12):
            visitor.get(url(pasted, step))
    create(visitor, pasted)
    with django_assert_max_num_queries(12):
        visitor.get(url(pasted))
