"""Broken files: each answered in time and in little room, with its errors, and nothing written."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from apps.exchange.actions import Impossible
from apps.exchange.models import ImportRun
from apps.organisation.models import User
from tests.exchange.broken import MEGABYTE, N, all_broken, beside
from tests.exchange.making import bring_in, facts

SECONDS, ROOM = 5, 200
HERE = Path(__file__).resolve().parents[2]


@pytest.fixture
def reading() -> Iterator[subprocess.Popen[str]]:
    """A process that has 200 MB of address space in all, the program itself included."""
    command = [sys.executable, "-m", "tests.exchange.broken", str(ROOM)]
    with subprocess.Popen(
        command, cwd=HERE, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield process
        process.stdin.close()


def test_each_is_answered_within_five_seconds_and_200_megabytes(
    reading: subprocess.Popen[str], tmp_path: Path
) -> None:
    path, answered = tmp_path / "broken", 0
    for broken in all_broken():
        path.write_bytes(broken.data)
        reading.stdin.write(f"{broken.role} {path}\n")
        reading.stdin.flush()
        line = reading.stdout.readline()
        assert line, f"{broken.kind} ended the process"
        found = json.loads(line)
        assert found["codes"], broken.kind
        assert found["seconds"] < SECONDS, broken.kind
        assert found["peak"] < ROOM, broken.kind
        answered += 1
    assert answered == N


@pytest.mark.django_db
def test_nothing_is_written_of_any_of_them(administrator: User) -> None:
    before = facts()
    kinds = set()
    for broken in all_broken():
        if broken.kind not in kinds:  # of each kind the first; all of them are read above
            kinds.add(broken.kind)
            with pytest.raises(Impossible):
                bring_in(beside(broken.role, broken.data), administrator)
    assert facts() == before
    assert not ImportRun.objects.done().exists()
    assert len(kinds) == 77


@pytest.mark.django_db
def test_a_cell_of_200_megabytes_is_not_even_opened(
    administrator: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(200 * MEGABYTE)
    with pytest.raises(SystemExit) as ended:
        call_command("import_okrs", str(huge))
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert "huge.csv. At most 16.0\xa0MB; the file has 200.0\xa0MB." in said.err
    assert "Nothing was written." in said.out
