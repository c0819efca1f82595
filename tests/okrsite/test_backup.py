"""Each command is a process of its own, as an installation runs it."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.okrsite.conftest import new_database

Done = subprocess.CompletedProcess[str]


def manage(database: str, *words: str | Path, **environment: str) -> Done:
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, words)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def example(django_db_setup: None) -> Iterator[str]:
    """A database with the example organisation."""
    with new_database() as database:
        assert manage(database, "migrate").returncode == 0
        assert manage(database, "load_example").returncode == 0
        yield database


@pytest.fixture(scope="module")
def file(example: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "bearing.backup"
    done = manage(example, "backup", file)
    assert done.stdout.startswith(f"{file}: "), done.stderr
    return file


def rows(database: str) -> list[tuple[int, ...]]:
    with psycopg.connect(database) as asked:
        return [
            asked.execute(f"SELECT count(*), max(id) FROM {table}").fetchone()  # noqa: S608
            for table in ("organisation_user", "objectives_measurement", "initiatives_initiative")
        ]


def scratch_databases(database: str) -> list[str]:
    beside = f"{database.rpartition('/')[2][:40]}_verify_"
    with psycopg.connect(database) as asked:
        found = asked.execute("SELECT datname FROM pg_database").fetchall()
    return [name for (name,) in found if name.startswith(beside)]


def refusal(done: Done) -> str:
    """The one sentence on standard error."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("CommandError: ")
    return done.stderr.removeprefix("CommandError: ").strip()


def test_what_was_backed_up_is_there_again(example: str, file: Path, empty_database: str) -> None:
    done = manage(empty_database, "restore", file)
    assert done.stdout.startswith("Restored ")
    assert rows(empty_database) == rows(example)
    assert manage(empty_database, "check_integrity").stdout.startswith("Everything holds")
    assert manage(empty_database, "migrate", "--check").returncode == 0


def test_a_backup_is_for_its_owner_only(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_restored_history_can_still_not_be_rewritten(file: Path, empty_database: str) -> None:
    manage(empty_database, "restore", file)
    with psycopg.connect(empty_database) as asked, pytest.raises(psycopg.Error, match="append"):
        asked.execute("UPDATE objectives_measurement SET value = 0")


def test_verifying_counts_and_checks_and_leaves_nothing(example: str, file: Path) -> None:
    before = rows(example)
    done = manage(example, "restore", file, "--verify")
    assert f"{file} can be restored: Lindenmarkt, " in done.stdout
    assert "rules hold" in done.stdout
    assert f"{before[0][0]} organisation_user" in done.stdout
    assert not scratch_databases(example)
    assert rows(example) == before


def test_verifying_names_a_row_that_breaks_a_rule(
    file: Path, empty_database: str, tmp_path: Path
) -> None:
    manage(empty_database, "restore", file)
    with psycopg.connect(empty_database) as asked:
        asked.execute("SET session_replication_role = replica")
        asked.execute("DELETE FROM objectives_objectivemove")
    manage(empty_database, "backup", tmp_path / "broken")
    done = manage(empty_database, "restore", tmp_path / "broken", "--verify")
    assert "rows break a rule. The first: objectives_objective " in refusal(done)
    assert not scratch_databases(empty_database)


def test_a_database_that_is_not_empty_stays_as_it_is(example: str, file: Path) -> None:
    before = rows(example)
    assert "is not empty" in refusal(manage(example, "restore", file))
    assert rows(example) == before


def test_no_backup_is_written_over(example: str, file: Path) -> None:
    before = file.read_bytes()
    assert "is there already" in refusal(manage(example, "backup", file))
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda whole: b"", "is no backup"),
        (lambda whole: b"objective,key result\n", "is no backup"),
        (lambda whole: whole[: len(whole) // 100], "is no backup"),
        (lambda whole: whole[:5] + b"\x01\x63" + whole[7:], "newer PostgreSQL"),
        (lambda whole: whole[: len(whole) // 2], "Nothing was restored"),
    ],
    ids=["empty", "a list", "its beginning", "of later", "its first half"],
)
def test_a_wrong_file_is_refused_and_nothing_is_restored(
    make: Callable[[bytes], bytes], said: str, file: Path, empty_database: str, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_bytes(make(file.read_bytes()))
    assert said in refusal(manage(empty_database, "restore", wrong))
    with psycopg.connect(empty_database) as asked:
        tables = asked.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchone() == (0,)


def test_another_programs_dump_is_refused(empty_database: str, tmp_path: Path) -> None:
    with psycopg.connect(empty_database) as asked:
        asked.execute("CREATE TABLE recipes ()")
    manage(empty_database, "backup", tmp_path / "recipes")
    done = manage(empty_database, "restore", tmp_path / "recipes")
    assert "another program's database" in refusal(done)


def test_a_file_or_folder_that_is_not_there_is_said(example: str, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "file"
    said = "No such file or directory."
    assert refusal(manage(example, "backup", nowhere)) == f"{nowhere} can't be written: {said}"
    assert refusal(manage(example, "restore", nowhere)) == f"{nowhere} can't be read: {said}"


def test_a_server_that_does_not_answer_is_said(tmp_path: Path) -> None:
    done = manage("postgresql://bearing@127.0.0.1:1/bearing", "backup", tmp_path / "file")
    assert refusal(done).startswith("The database does not answer")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not shutil.which("prlimit"), reason="no prlimit on this machine")
def test_a_backup_that_cannot_grow_leaves_nothing(example: str, tmp_path: Path) -> None:
    done = subprocess.run(
        ["prlimit", "--fsize=4096", sys.executable, "manage.py", "backup", tmp_path / "file"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": example, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refusal(done).startswith("Nothing was backed up: ")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("version", "said"), [(None, "pg_dump is not on this machine"), (15, "only of version 15")]
)
def test_a_pg_dump_that_does_not_fit_is_said(
    version: int | None,
    said: str,
    empty_database: str,
    tmp_path: Path,
) -> None:
    if version:
        program = tmp_path / "pg_dump"
        program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.4'\n")
        program.chmod(0o755)
    script = (
        "import os, sys; from pathlib import Path; from okrsite import backup;"
        "backup.program_folders = lambda: [Path(os.environ['PATH'])];"
        "from django.core.management import execute_from_command_line as run; run(sys.argv)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "backup", tmp_path / "file"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": empty_database,
            "DJANGO_SETTINGS_MODULE": "okrsite.settings",
            "PATH": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert said in refusal(done)
    assert "apt-get install postgresql-client-" in done.stderr
