"""The pages of import: handed in, looked at, imported; by administrators only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.exchange.models import ImportFile, ImportRun
from apps.exchange.reader import LONGEST_FILE
from apps.objectives.models import KeyResult, Objective, ObjectiveMove
from tests.exchange.making import GITLAB, LISTS, ROW, bring_in, facts, files
from tests.factories import UserFactory, bring

pytestmark = pytest.mark.django_db

PREPARE = "/import/"
GOOD = [
    ROW | {"key_result": "Seconds to pay", "baseline": "9", "target": "4", "unit": "s"},
    ROW | {"key_result": "People who come back"},
    ROW | {"initiative": "Ask fewer questions"},
]
BAD = [
    ROW | {"key_result": "One", "target": "many"},
    ROW | {"objective": ""},
    ROW | {"cycle": "Someday"},
]


def uploads(**rows):
    return {role: SimpleUploadedFile(name, data) for role, (name, data) in files(**rows).items()}


@pytest.fixture
def visitor(visit, administrator):
    return visit(administrator)


def test_a_list_is_looked_at_before_anything_is_stored(visitor, root):
    assertContains(visitor.get(PREPARE), 'enctype="multipart/form-data"')
    before = facts()

    response = visitor.send(PREPARE, uploads(okrs=GOOD))

    run = ImportRun.objects.get()
    assertRedirects(response, run.get_absolute_url(), fetch_redirect_response=False)
    page = visitor.get(run.get_absolute_url())
    assertContains(page, "This adds 1 team, 1 cycle, 1 objective, 2 key results, 1 initiative.")
    assertContains(page, "Of the key results, 1 has no start value, 1 has no target")
    assertContains(page, "from 9 s to 4 s")
    assertContains(page, "start value and target missing")
    assertContains(page, "Import it")
    assert facts() == before


def test_it_is_imported_by_a_second_step(visitor, administrator):
    visitor.send(PREPARE, uploads(okrs=GOOD))
    run = ImportRun.objects.get()

    response = visitor.send(run.get_absolute_url())

    assertRedirects(response, run.get_absolute_url())
    objective = Objective.objects.get()
    assert (objective.state, objective.is_imported, objective.committed_by) == (
        "committed", True, administrator,
    )  # fmt: skip
    assert (objective.owner, objective.why) == (None, "")
    assert ObjectiveMove.objects.get().to_state == "committed"
    assert [kr.kind for kr in KeyResult.objects.all()] == ["decrease", ""]
    run.refresh_from_db()
    assert run.is_done
    kept = ImportFile.objects.get()
    assert kept.content is None
    assert len(kept.sha256) == 64
    page = visitor.get(run.get_absolute_url())
    assertContains(page, "Hanna Weiss added 1 team, 1 cycle")
    assertContains(page, kept.sha256)
    assertContains(visitor.get(PREPARE), run.get_absolute_url())


def test_what_was_measured_in_a_past_cycle_is_not_called_late(visitor, administrator):
    measured = [{"team": "Checkout", "cycle": "2024-Q2", "objective": "Be quick",
                 "key_result": "Seconds to pay", "date": "2024-04-15", "value": "8"}]  # fmt: skip
    bring_in(files(okrs=GOOD, measurements=measured), administrator)

    key_result = KeyResult.objects.get(title="Seconds to pay")
    page = visitor.get(key_result.get_absolute_url())
    assertContains(page, "15 Apr")
    assertNotContains(page, "late")
    assertContains(page, "No number after week 3: 8 then, the target was 4.")


def test_sent_twice_it_is_imported_once(visitor):
    visitor.send(PREPARE, uploads(okrs=GOOD))
    run = ImportRun.objects.get()
    url = run.get_absolute_url()
    key = visitor.new_key(url)
    first, again = (visitor.post(url, {"once": key}) for _time in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    before = facts()
    anew = visitor.send(url)
    assertContains(anew, "has been imported already", status_code=422)
    assert facts() == before


def test_every_error_is_listed_with_its_place_and_nothing_is_kept(visitor):
    before = facts()
    response = visitor.send(PREPARE, uploads(okrs=BAD))
    for words in [
        "3 errors", "okrs.csv", "“many”", "A number, like 1250.5.", "“Someday”",
        "A cycle that stands here, or a name that says its days",
    ]:  # fmt: skip
        assertContains(response, words, status_code=422)
    assertNotContains(response, "Import it", status_code=422)
    assert facts() == before
    assert not ImportRun.objects.exists()


def test_what_went_wrong_in_the_meantime_is_told(visitor, cycle):
    visitor.send(PREPARE, uploads(okrs=[row | {"cycle": cycle.name} for row in GOOD]))
    run = ImportRun.objects.get()
    bring(cycle, "closed")
    response = visitor.send(run.get_absolute_url())
    assertContains(response, "closed here: read-only", status_code=422)
    assert not Objective.objects.exists()


@pytest.mark.parametrize(
    "who", ["leader_above", "leader", "member", "observer", "neighbour", "deactivated"]
)
def test_only_administrators_import_and_export(request, visit, visitor, who):
    visitor.send(PREPARE, uploads(okrs=GOOD))
    run = ImportRun.objects.get()
    other = visit(request.getfixturevalue(who))
    refused = 403 if who != "deactivated" else 302
    for url in [
        PREPARE, run.get_absolute_url(), "/export/", "/export/okrs.csv", "/import/sample.csv",
    ]:  # fmt: skip
        assert other.get(url).status_code == refused
    assert other.send(PREPARE, uploads(okrs=GOOD)).status_code == 403
    assert other.send(run.get_absolute_url()).status_code == 403
    assert ImportRun.objects.count() == 1
    assert not Objective.objects.exists()


def test_another_administrator_does_not_see_what_is_only_prepared(visit, visitor):
    visitor.send(PREPARE, uploads(okrs=GOOD))
    run = ImportRun.objects.get()
    other = visit(UserFactory(is_administrator=True))
    assert other.get(run.get_absolute_url()).status_code == 404
    assert other.send(run.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("given", [{}, {"tree": SimpleUploadedFile("tree.csv", b"team\n")}])
def test_without_a_list_there_is_nothing_to_look_at(visitor, given):
    response = visitor.send(PREPARE, given)
    assertContains(response, "Choose the file with the list.", status_code=422)


def test_a_file_that_is_too_large_is_not_read(visitor):
    huge = SimpleUploadedFile("huge.csv", b"a" * (LONGEST_FILE + 1))
    response = visitor.send(PREPARE, {"okrs": huge})
    assertContains(response, "At most 16.0", status_code=422)


def test_the_pages_ask_little_of_the_database(visitor, django_assert_max_num_queries):
    given = {
        role: SimpleUploadedFile(name, (LISTS / name).read_bytes()) for role, name in GITLAB.items()
    }
    visitor.send(PREPARE, given)
    run = ImportRun.objects.get()
    with django_assert_max_num_queries(14):
        assertContains(visitor.get(run.get_absolute_url()), "And 215 more objectives.")
    visitor.send(run.get_absolute_url())
    with django_assert_max_num_queries(12):
        visitor.get(run.get_absolute_url())
    with django_assert_max_num_queries(12):
        visitor.get(PREPARE)


def test_the_sample_can_be_imported(visitor):
    sample = visitor.get("/import/sample.csv")
    assert sample["Content-Disposition"] == 'attachment; filename="sample.csv"'
    visitor.send(PREPARE, {"okrs": SimpleUploadedFile("sample.csv", sample.content)})
    visitor.send(ImportRun.objects.get().get_absolute_url())
    assert KeyResult.objects.filter(kind="stages").exists()
    assert KeyResult.objects.count() == 2


def test_everything_can_be_taken_out(visitor, key_result):
    page = visitor.get("/export/")
    for name in ["everything.zip", "everything.xlsx", "okrs.csv", "tree.csv", "measurements.csv"]:
        url = reverse("exchange:download", args=[name])
        assertContains(page, url)
        assert visitor.get(url).status_code == 200
    assert "Checkout conversion rate" in visitor.get("/export/okrs.csv").content.decode()
    assert visitor.get("/export/passwords.csv").status_code == 404
