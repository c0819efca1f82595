"""A backup is PostgreSQL's own dump of the database, in one file, by programs as new as its server.

What goes wrong is told in one sentence, as a Refusal.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from okrsite.embedded_postgres import Refusal, program_folders

# So a file is known as one of ours, whichever version of Bearing wrote it.
MARK = re.compile(rb"^[^;].* TABLE DATA \S+ organisation_organisation ", re.MULTILINE)
ANY_TABLE = """
    SELECT count(*) FROM pg_class JOIN pg_namespace space ON space.oid = relnamespace
     WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_' AND nspname <> 'information_schema'"""


def back_up(to: Path) -> None:
    """The file appears once it is whole, readable by nobody else."""
    if to.exists():
        raise Refusal(f"{to} is there already: name a new file.")
    part = to.with_name(f"{to.name}.part")
    program, *how = find_program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            done = subprocess.run(
                [program, *how], stdout=file, stderr=subprocess.PIPE, env=environment(), check=False
            )
            os.fsync(file.fileno())
        if done.returncode:
            raise Refusal(f"Nothing was backed up: {last_words(done.stderr)}.")
        part.rename(to)
    except OSError as failure:
        raise Refusal(f"{to} can't be written: {failure.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)


def restore(file: Path) -> None:
    """Into the database that is connected, all of it or nothing."""
    program = find_program("pg_restore")
    refuse_other_files(file, program)
    with connection.cursor() as cursor:
        cursor.execute(ANY_TABLE)
        [n] = cursor.fetchone()
    name = connection.settings_dict["NAME"]
    if n:
        raise Refusal(
            f"Nothing was restored: the database {name} is not empty, it has {n} tables. "
            "Make an empty one, and name that in DATABASE_URL."
        )
    how = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    done = subprocess.run(
        [program, *how, f"--dbname={name}", file],
        capture_output=True,
        env=environment(),
        check=False,
    )
    if done.returncode:
        raise Refusal(f"Nothing was restored: {last_words(done.stderr)}.")


def refuse_other_files(file: Path, program: Path) -> None:
    try:
        with file.open("rb"):
            pass
    except OSError as failure:
        raise Refusal(f"{file} can't be read: {failure.strerror}.") from None
    listed = subprocess.run([program, "--list", file], capture_output=True, check=False)
    if b"unsupported version" in listed.stderr:
        raise Refusal(f"{file} was written by a newer PostgreSQL than {program}.")
    if listed.returncode:
        raise Refusal(f"{file} is no backup, or not a whole one: {last_words(listed.stderr)}.")
    if not MARK.search(listed.stdout):
        raise Refusal(f"{file} is a dump of another program's database.")


@contextmanager
def scratch_database() -> Iterator[None]:
    """Django is connected to a new database beside the configured one, which is then dropped."""
    configured = connection.settings_dict["NAME"]
    name = f"{configured[:40]}_verify_{os.getpid()}"
    role = connection.settings_dict["USER"]
    with psycopg.connect(make_conninfo(**parameters()), autocommit=True) as server:
        try:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege:
            raise Refusal(
                f"Verifying needs a database of its own, and {role} may not make one: "
                f"ALTER ROLE {role} CREATEDB."
            ) from None
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = configured
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def count_rows() -> dict[str, int]:
    """By table."""
    with connection.cursor() as cursor:
        counts = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def migrations_from_later(known: set[tuple[str, str]]) -> list[str]:
    """What a newer Bearing has done to the database, and this one knows nothing of."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    apps = {app for app, _name in known}
    return [f"{app} {name}" for app, name in sorted(applied - known) if app in apps]


# -- PostgreSQL's programs -------------------------------------------------------------------


def find_program(name: str) -> Path:
    """Of the server's own version, else the next newer one: an older one cannot read it."""
    connection.ensure_connection()
    server = connection.connection.info.server_version // 10_000
    on_path = [Path(found).resolve().parent] if (found := shutil.which(name)) else []
    majors: dict[int, Path] = {}
    for folder in (*program_folders(), *on_path):
        try:
            said = subprocess.check_output([folder / name, "--version"], text=True)
        except (OSError, subprocess.CalledProcessError):
            continue  # not there, or built for another machine
        majors.setdefault(int(re.findall(r"\d+", said)[0]), folder / name)
    if fitting := [major for major in majors if major >= server]:
        return majors[min(fitting)]
    here = f"only of version {max(majors)}" if majors else "not on this machine"
    raise Refusal(
        f"The server is PostgreSQL {server}, and {name} is {here}: install that of {server} "
        f"(on Debian: apt-get install postgresql-client-{server})."
    )


def parameters() -> dict[str, str]:
    """What libpq is told of the server; the rest of Django's is for psycopg."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    given = connection.get_connection_params()
    return {word: str(value) for word, value in given.items() if word in known}


def environment() -> dict[str, str]:
    """Not as arguments: those are for everyone on the machine to see, the password included."""
    options = Conninfo.get_defaults()
    names = {option.keyword.decode(): option.envvar.decode() for option in options if option.envvar}
    told = {names[word]: value for word, value in parameters().items() if word in names}
    return {**os.environ, **told, "LC_ALL": "C"}


def last_words(stderr: bytes) -> str:
    """The first line that says what is wrong; what follows is where."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    told = next((line for line in lines if "error:" in line), lines[-1] if lines else "no reason")
    return told.partition("error: ")[2].rstrip(".") or told
