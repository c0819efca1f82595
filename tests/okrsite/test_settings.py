"""Each start is a process of its own, because settings are read once."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

PRODUCTION = {
    "DEBUG": "off",
    "DEMO": "off",
    "SECRET_KEY": "9tQ2-vK7sLx0RmB4nWc8yHd3jFg6pZa1uEe5iTo_Xq-Jr2kNw-Gz8bLq",
    "ALLOWED_HOSTS": "okr.example.org",
    "DATABASE_URL": "postgresql://bearing:secret@db.example.org:5432/bearing",
    "EMAIL_URL": "smtp+tls://bearing:secret@mail.example.org:587",
    "BEHIND_PROXY": "on",
}


def start(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **PRODUCTION, **environment},
        capture_output=True,
        text=True,
    )


def test_production_passes_the_deployment_check_in_silence() -> None:
    done = start("-Wall", "manage.py", "check", "--deploy", "--fail-level", "DEBUG")
    assert done.returncode == 0
    assert done.stdout.startswith("System check identified no issues")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "x" * 60),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "https://okr.example.org"),
        ("SITE_URL", "https://elsewhere.example.org"),
        ("SITE_URL", "http://okr.example.org"),
        ("SITE_URL", "okr.example.org"),
        ("SITE_URL", "https://okr.example.org/bearing"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://bearing@db.example.org/bearing"),
        ("DATABASE_URL", "postgresql://bearing@db.example.org:port/bearing"),
        ("EMAIL_URL", "nonsense"),
        ("DEMO", "perhaps"),
        ("DEMO", "on"),  # on a site that others may visit
        ("DEBUG", "1"),
        ("BEHIND_PROXY", "yes"),
        ("HSTS_SECONDS", "a year"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(name: str, value: str) -> None:
    done = start("manage.py", "migrate", **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith("Bearing did not start: ")
    assert done.stderr.count("\n") == 1
    assert name in done.stderr


@pytest.mark.parametrize(
    ("given", "links_lead_to"),
    [
        ({}, "https://okr.example.org"),
        ({"SITE_URL": "https://okr.example.org:8443/"}, "https://okr.example.org:8443"),
        (
            {"ALLOWED_HOSTS": ".example.org", "SITE_URL": "https://okr.example.org"},
            "https://okr.example.org",
        ),
    ],
)
def test_links_in_mails_lead_to_the_site(given: dict[str, str], links_lead_to: str) -> None:
    done = start("-c", "from okrsite.settings import SITE_URL; print(SITE_URL)", **given)
    assert done.stdout.strip() == links_lead_to


def test_the_web_server_refuses_in_the_same_words() -> None:
    done = start("-c", "import okrsite.wsgi", SECRET_KEY="")
    assert (done.returncode, done.stderr) == (
        1,
        "Bearing did not start: SECRET_KEY is missing: "
        "set it to a long random text that only this installation knows.\n",
    )


def test_a_port_that_is_none_stops_the_demo_with_one_sentence() -> None:
    done = start("manage.py", "demo", DEMO="on", ALLOWED_HOSTS="", PORT="nonsense")
    assert done.stderr == (
        "Bearing did not start: PORT must be a whole number from 1 to 65535, not “nonsense”.\n"
    )


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True)
