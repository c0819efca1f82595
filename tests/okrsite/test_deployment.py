"""No container engine is needed: what Dockerfile and docker-compose.yml run is run here."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from okrsite.embedded_postgres import find_binaries
from tests.notices.mail_server import mail_server

ROOT: Path = settings.BASE_DIR
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
IN_ENV_FILE = {
    "SECRET_KEY": "9tQ2-vK7sLx0RmB4nWc8yHd3jFg6pZa1uEe5iTo_Xq-Jr2kNw-Gz8bLq",
    "ALLOWED_HOSTS": "okr.example.org",
    "POSTGRES_PASSWORD": "a1b2c3",
    "EMAIL_URL": "smtp+tls://bearing:secret@mail.example.org:587",
}
# The keys of the Compose specification that are used here, and what they hold.
KEYS: dict[str, type] = {
    "image": str, "build": str, "environment": dict, "ports": list, "volumes": list,
    "depends_on": dict, "restart": str, "command": list, "healthcheck": dict,
}  # fmt: skip
PUT_ONE = """
import django; django.setup()
from django.utils import timezone
from apps.organisation import actions, outbox
from apps.organisation.models import Organisation
actions.found(name="Lindenmarkt", email="hanna@example.org", person="Hanna Weiss")
outbox.put("password.unknown", to=["nobody@example.org"], about=Organisation.objects.get(),
    now=timezone.now())
"""
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}


def instructions(name: str) -> list[list[str]]:
    """Of the Dockerfile: those in exec form, as lists of words."""
    found = re.findall(rf"^{name} [^\[\n]*(\[.*\])$", DOCKERFILE, re.MULTILINE)
    return [json.loads(words) for words in found]


def filled_in(text: str, values: dict[str, str]) -> str:
    """As Compose does: ${NAME:?why} must be there, ${NAME:-default} may be missing."""

    def value(said: re.Match[str]) -> str:
        name, how, otherwise = said.groups()
        return values[name] if how == ":?" else values.get(name, otherwise)

    return re.sub(r"\$\{(\w+)(:\?|:-)([^}]*)\}", value, text)


def compose_environment(service: str) -> dict[str, str]:
    said = COMPOSE["services"][service]["environment"]
    return {name: filled_in(value, IN_ENV_FILE) for name, value in said.items() if value}


def environment(database: str) -> dict[str, str]:
    """Exactly what the service gets, with the server of the tests for the service “db”."""
    programs = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    return compose_environment("web") | {"PATH": programs, "DATABASE_URL": database}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder /srv/bearing as the build makes it."""
    folder = tmp_path_factory.mktemp("bearing")
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        source = ROOT / line.removeprefix("!")
        if not line.startswith("!") or not source.exists():
            continue
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / source.name, ignore=ignored)
        else:
            shutil.copy(source, folder)
    [collect] = [words for words in instructions("RUN") if "manage.py" in words]
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    subprocess.run(collect, cwd=folder, env={"PATH": path}, check=True, capture_output=True)
    return folder


@pytest.fixture
def migrated(image: Path, empty_database: str) -> str:
    subprocess.run(
        COMPOSE["services"]["migrate"]["command"],
        cwd=image,
        env=environment(empty_database),
        check=True,
        capture_output=True,
    )
    return empty_database


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def at(port: int, words: list[str]) -> list[str]:
    return [word.replace("8000", str(port)) for word in words]


def health(port: int) -> int:
    [check] = instructions("HEALTHCHECK")
    env = {"PATH": str(Path(sys.executable).parent)}
    return subprocess.run(at(port, check), env=env, capture_output=True, check=False).returncode


@pytest.fixture
def web(image: Path, migrated: str, port: int) -> Iterator[int]:
    [command] = instructions("CMD")
    server = subprocess.Popen(
        at(port, command), cwd=image, env=environment(migrated), start_new_session=True
    )
    deadline = time.monotonic() + 30
    while health(port) and time.monotonic() < deadline:
        assert server.poll() is None
        time.sleep(0.3)
    yield port
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(timeout=30)


def ask(port: int, path: str) -> tuple[int, str]:
    """As the proxy does that ends TLS."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Host": "okr.example.org", "X-Forwarded-Proto": "https"}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_the_web_service_serves_and_says_that_it_is_well(web: int) -> None:
    assert health(web) == 0
    status, page = ask(web, "/login/")
    assert status == 503  # until found_organisation has run
    sheet = re.search(r'href="(/static/css/bearing\.[0-9a-f]+\.css)"', page)
    assert sheet
    assert ask(web, sheet[1])[0] == 200


def test_where_nothing_answers_the_service_is_not_well(port: int) -> None:
    assert health(port) == 1


def test_the_database_is_asked_whether_it_is_well(empty_database: str) -> None:
    how, *check = COMPOSE["services"]["db"]["healthcheck"]["test"]
    assert how == "CMD"
    ready = find_binaries()[0] / check[0]
    host = settings.DATABASES["default"]["HOST"]
    done = subprocess.run([ready, *check[1:], f"--host={host}"], capture_output=True, check=False)
    assert done.returncode == 0


def test_the_compose_file_says_only_what_compose_knows() -> None:
    assert COMPOSE.keys() == {"services", "volumes"}
    for service in COMPOSE["services"].values():
        assert "image" in service
        for key, value in service.items():
            assert isinstance(value, KEYS[key])
        for needed, how in service.get("depends_on", {}).items():
            assert needed in COMPOSE["services"]
            assert how["condition"] in CONDITIONS
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in COMPOSE["volumes"]


@pytest.mark.parametrize("missing", IN_ENV_FILE)
def test_compose_asks_for_what_has_no_default(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(IN_ENV_FILE, missing)
    with pytest.raises(KeyError, match=missing):
        compose_environment("web")


def test_the_worker_service_sends_what_waits_and_ends_when_it_is_asked_to(
    image: Path, migrated: str
) -> None:
    settings_of_it = environment(migrated)
    with mail_server() as mails:
        settings_of_it["EMAIL_URL"] = mails.url
        put = [sys.executable, "-c", PUT_ONE]
        settings_of_it["DJANGO_SETTINGS_MODULE"] = "okrsite.settings"
        subprocess.run(put, cwd=image, env=settings_of_it, check=True)
        command = COMPOSE["services"]["worker"]["command"]
        worker = subprocess.Popen(command, cwd=image, env=settings_of_it)
        try:
            mails.await_mails(1)
            worker.terminate()
            assert worker.wait(timeout=30) == 0
        finally:
            worker.kill()
    assert mails.accepted == {"nobody@example.org": 1}


def test_all_services_of_the_image_have_the_same_settings_and_the_table_names_each() -> None:
    services = COMPOSE["services"]
    of_image = [one["environment"] for one in services.values() if one["image"] == "bearing"]
    assert len(of_image) == 3
    assert all(said == of_image[0] for said in of_image)
    table = (ROOT / "docs" / "operations.md").read_text()
    for name in services["web"]["environment"]:
        assert f"| `{name}` |" in table


def test_the_image_runs_as_nobody_special_and_holds_no_secret() -> None:
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE) == ["bearing"]
    assert "SECRET_KEY" not in DOCKERFILE
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"


def test_no_registry_is_named() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    images += [service["image"] for service in COMPOSE["services"].values()]
    assert not [image for image in images if "/" in image]
