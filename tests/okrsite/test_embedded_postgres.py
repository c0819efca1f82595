import os
import pwd
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from okrsite.embedded_postgres import Cluster, Refusal


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A path as long as this one leaves no room for a socket, so its folder lies in /tmp."""
    server = Cluster(tmp_path_factory.mktemp("x" * 100))
    yield server
    server.stop()
    server.socket_folder.rmdir()


def test_it_starts_once_and_stops_once(server: Cluster) -> None:
    assert server.start() is True
    assert server.start() is False
    assert psycopg.connect(server.url()).execute("SELECT 1").fetchone() == (1,)
    assert server.stop() is True
    assert server.stop() is False


def test_what_was_committed_outlives_a_kill(server: Cluster) -> None:
    server.start()
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    os.kill(server.pid(), signal.SIGKILL)
    while server.pid():
        time.sleep(0.02)
    assert server.start() is True
    assert psycopg.connect(server.url()).execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_number_that_is_another_programs_now_is_no_server(server: Cluster) -> None:
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n")
    assert server.pid() is None
    assert server.start() is True


def test_only_its_owner_may_enter(server: Cluster) -> None:
    server.start()
    for folder in (server.folder, server.socket_folder):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_link_in_place_of_the_socket_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o755)
    server = Cluster(tmp_path / ("x" * 100))
    server.socket_folder.symlink_to(tmp_path / "elsewhere")
    try:
        with pytest.raises(Refusal, match="is a link or belongs to another user"):
            server.start()
        assert (tmp_path / "elsewhere").stat().st_mode & 0o777 == 0o755
    finally:
        server.socket_folder.unlink()


def test_data_of_a_version_that_is_not_here_is_refused(tmp_path: Path) -> None:
    server = Cluster(tmp_path)
    server.data.mkdir()
    (server.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Refusal, match="PostgreSQL 9, which made this folder's data"):
        server.start()


def test_root_without_anyone_to_run_it_as_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(name: str) -> pwd.struct_passwd:
        raise KeyError(name)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(Path, "stat", lambda *args, **options: os.stat_result([0] * 10))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(pwd, "getpwnam", nobody)
    with pytest.raises(Refusal, match="PostgreSQL refuses to run as root"):
        Cluster(tmp_path)._runner  # noqa: B018


@pytest.mark.parametrize("folder", ["/srv/" + "x" * 100, "/srv/a,b"])
def test_a_path_no_socket_can_have_moves_the_socket(folder: str) -> None:
    assert Cluster(Path("/srv/bearing")).socket_folder == Path("/srv/bearing/socket")
    assert Cluster(Path(folder)).socket_folder.parent == Path("/tmp")  # noqa: S108


def test_its_address_is_one_that_the_settings_read(tmp_path: Path) -> None:
    from okrsite.settings import database

    server = Cluster(tmp_path)
    read = database(server.url())
    assert (read["HOST"], read["USER"]) == (str(server.socket_folder), "bearing")
