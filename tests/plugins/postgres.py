"""Every run of pytest has a PostgreSQL: DATABASE_URL's, else one in .postgres-test/.

Loaded with -p, before pytest-django reads the settings; started by the first test that asks
for a database. Runs and workers side by side share the server; the last to end stops it.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from okrsite.embedded_postgres import Cluster

SERVER = Cluster(Path(__file__).parents[2] / ".postgres-test", unsafe=True)
DATABASE_URL = os.environ.get("DATABASE_URL") or SERVER.url()
EMBEDDED = SERVER.url() == DATABASE_URL  # in a worker of xdist, too

os.environ |= {
    "ALLOWED_HOSTS": "",
    "DATABASE_URL": DATABASE_URL,
    "DEBUG": "off",
    "DEMO": "on",
    "SECRET_KEY": "only-for-tests",
    "PORT": "8000",
}


def pytest_configure() -> None:
    from django.conf import settings
    from zeal.constants import initialize_app_registry
    from zeal.patch import patch

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Names with a hash exist only after collectstatic.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.MAIL_FOLDER = tempfile.mkdtemp(prefix="bearing-mails-")
    # A request that asks the database the same thing once a row fails its test.
    settings.MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
    initialize_app_registry()
    patch()


def pytest_unconfigure() -> None:
    from django.conf import settings

    shutil.rmtree(settings.MAIL_FOLDER, ignore_errors=True)


@contextmanager
def shared_server() -> Iterator[None]:
    SERVER.folder.mkdir(mode=0o700, exist_ok=True)
    with (SERVER.folder / "users").open("w") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            if SERVER.pid():  # nobody uses it: a killed run left it, with its databases
                SERVER.reset()
        fcntl.flock(users, fcntl.LOCK_SH)
        SERVER.start()
        yield
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        SERVER.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """A database for each process, so that runs side by side don't meet."""
    from django.db import connection

    connection.settings_dict["TEST"]["NAME"] = f"test_bearing_{os.getpid()}"
    if not EMBEDDED:
        yield
        return
    with shared_server():
        yield
