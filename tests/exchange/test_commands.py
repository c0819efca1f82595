"""`import_okrs` and `export_okrs`, as they are called on the server."""

import json
import re
from io import BytesIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from apps.checkins.models import KeyResultReport
from apps.exchange.models import ImportRun
from apps.initiatives import actions as means
from apps.objectives.models import KeyResult, Measurement, Objective
from apps.organisation import actions as people
from apps.organisation.models import Organisation, Team
from okrsite.example.build import build
from tests.exchange.making import GITLAB, LISTS, ROW, facts, files, undone
from tests.factories import NOW, KeyResultFactory, ObjectiveFactory, UserFactory
from tests.initiatives.making import make_proposed

pytestmark = pytest.mark.django_db

BOTH = [str(LISTS / GITLAB["okrs"]), "--tree", str(LISTS / GITLAB["tree"])]


@pytest.fixture
def written(tmp_path):
    """Writes lists into files, and names the command's arguments."""

    def write(**rows):
        arguments = []
        for role, (name, data) in files(**rows).items():
            (tmp_path / name).write_bytes(data)
            arguments += [str(tmp_path / name)] if role == "okrs" else [
                f"--{role}", str(tmp_path / name),
            ]  # fmt: skip
        return arguments

    return write


def test_a_list_is_imported_and_its_oddities_are_listed(administrator, capsys):
    call_command("import_okrs", *BOTH)
    said = capsys.readouterr()
    assert "Added: 106 teams, 2 cycles, 227 objectives, 553 key results." in said.out
    assert (
        "warning: gitlab_tree.csv, row 124, parent_team: “VP of Customer Success (CS)”. "
        "A team can't be its own parent: ignored."
    ) in said.out
    assert not said.err
    assert KeyResult.objects.count() == 553
    run = ImportRun.objects.get()
    assert (run.by, run.counts["key_results"], run.is_done) == (administrator, 553, True)
    call_command("import_okrs", *BOTH)
    assert "Added: nothing, all of it stood here already." in capsys.readouterr().out
    assert KeyResult.objects.count() == 553


def test_check_writes_nothing(administrator, capsys):
    before = facts()
    call_command("import_okrs", *BOTH, "--check")
    assert "Nothing was written. Would add: 106 teams" in capsys.readouterr().out
    assert facts() == before
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("look", [[], ["--check"]])
def test_with_errors_all_are_listed_nothing_is_written_and_it_ends_with_1(
    written, administrator, capsys, look
):
    good = ROW | {"key_result": "Orders"}
    bad = [good, good | {"target": "many"}, good | {"objective": ""}, good | {"cycle": "Spring"}]
    measured = [{"team": "Checkout", "cycle": "2024-Q2", "key_result": "Orders", "date": "soon"}]
    before = facts()
    with pytest.raises(SystemExit) as ended:
        call_command("import_okrs", *written(okrs=bad, measurements=measured), *look)
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "error: okrs.csv, row 3, target: “many”. A number, like 1250.5.",
        "error: okrs.csv, row 4, objective. Something here: without it the row can't be placed.",
        "error: okrs.csv, row 5, cycle: “Spring”. A cycle that stands here, or a name that says "
        "its days: 2026, 2026-H1, 2026-Q4. For others, add the file of cycles with their first "
        "and last day.",
        "error: measurements.csv, row 2, date: “soon”. A day between 1900 and 2100, like "
        "2026-11-25.",
        "error: measurements.csv, row 2, value. A value, a zone or a confidence.",
    ]
    assert said.out.splitlines()[-1] == "Nothing was written."
    assert facts() == before


def test_everything_as_json(written, administrator, capsys):
    good = ROW | {"key_result": "Orders", "owner": "Nobody"}
    call_command("import_okrs", *written(okrs=[good]), "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["written"], said["added"]["key_results"], said["errors"]) == (True, 1, [])
    assert said["warnings"] == [
        {
            "level": "warning", "code": "owner-unknown", "file": "okrs.csv", "row": 2,
            "column": "owner", "found": "Nobody",
            "expected": "Nobody here is called that: the owner stays unknown.",
        }
    ]  # fmt: skip
    with pytest.raises(SystemExit):
        call_command("import_okrs", *written(okrs=[good | {"target": "x"}]), "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["written"], len(said["errors"])) == (False, 1)


def test_it_is_imported_by_an_administrator(written, administrator, leader):
    second = UserFactory(email="second@example.org", is_administrator=True)
    arguments = written(okrs=[ROW | {"key_result": "Orders"}])
    with pytest.raises(CommandError, match="is no administrator"):
        call_command("import_okrs", *arguments, "--by", leader.email)
    assert not Objective.objects.exists()
    call_command("import_okrs", *arguments, "--by", "Second@example.org")
    assert Objective.objects.get().committed_by == second


def test_without_an_administrator_nobody_imports(written, root):
    with pytest.raises(CommandError, match="There is none to do it"):
        call_command("import_okrs", *written(okrs=[ROW]))


def test_without_an_organisation_there_is_nowhere_to_import_to(written, tmp_path):
    Organisation.objects.all().delete()
    with pytest.raises(CommandError, match="found_organisation first"):
        call_command("import_okrs", *written(okrs=[ROW]))
    with pytest.raises(CommandError, match="nothing to write"):
        call_command("export_okrs", str(tmp_path))


def test_a_file_that_is_not_there_is_told(administrator):
    with pytest.raises(CommandError, match="can't be read: No such file"):
        call_command("import_okrs", "nowhere.csv")


def test_export_writes_a_folder_a_workbook_or_a_zip(key_result, tmp_path, capsys):
    call_command("export_okrs", str(tmp_path / "out"))
    names = ["okrs.csv", "tree.csv", "measurements.csv", "cycles.csv"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names)
    assert capsys.readouterr().out.split() == [str(tmp_path / "out" / name) for name in names]
    lines = (tmp_path / "out" / "okrs.csv").read_text().splitlines()
    assert lines[0].startswith("source,org,team,cycle,objective,key_result,metric,baseline,target")
    assert ",Checkout conversion rate,,52,65,%,," in lines[1]
    call_command("export_okrs", str(tmp_path / "all.xlsx"))
    book = load_workbook(BytesIO((tmp_path / "all.xlsx").read_bytes()))
    assert book.sheetnames == ["okrs", "tree", "measurements", "cycles"]
    assert book["okrs"]["H2"].value == 52
    call_command("export_okrs", str(tmp_path / "all.zip"))
    call_command("export_okrs", str(tmp_path / "one.csv"))
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "out" / "okrs.csv").read_bytes()
    with pytest.raises(CommandError, match="can't be written"):
        call_command("export_okrs", str(tmp_path / "no" / "such.csv"))


def test_what_is_not_committed_to_or_no_longer_counts_stays_here(key_result, leader, tmp_path):
    ObjectiveFactory(team=key_result.team, state="draft", title="Only thought of")
    KeyResultFactory(objective=key_result.objective, title="Dropped", dropped_at=NOW)
    make_proposed(key_result.team, leader, key_result, title="A bet")
    ended = make_proposed(key_result.team, leader, key_result, title="An ended bet")
    means.decline(ended, word="No.", by=leader, now=NOW)
    call_command("export_okrs", str(tmp_path / "one.csv"))
    written = (tmp_path / "one.csv").read_text()
    assert "A bet" in written
    assert not re.search("Only thought of|Dropped|An ended bet", written)


def test_the_example_comes_back_as_far_as_the_layout_carries_it(tmp_path, capsys):
    with undone():
        build(NOW)
        committed = Objective.objects.filter(state__in=Objective.FIXED)
        titles = sorted(committed.values_list("title", flat=True))
        counted = KeyResult.objects.counted().filter(objective__in=committed).count()
        values = Measurement.objects.effective().filter(key_result__objective__in=committed)
        measured = len(values.filter(day__lte=NOW.date()))
        call_command("export_okrs", str(tmp_path))
    people.found(name="Another", email="hanna@example.org", person="Hanna Weiss")
    files = [str(tmp_path / "okrs.csv")]
    for role in ["tree", "measurements", "cycles"]:
        files += [f"--{role}", str(tmp_path / f"{role}.csv")]
    call_command("import_okrs", *files)
    assert sorted(Objective.objects.values_list("title", flat=True)) == titles
    assert KeyResult.objects.count() == counted
    assert Measurement.objects.count() == measured
    assert Team.objects.get(name="Checkout").parent.parent.name == "Another"
    assert KeyResultReport.objects.exists()
    assert "Nobody here is called that: the owner stays unknown." in capsys.readouterr().out
