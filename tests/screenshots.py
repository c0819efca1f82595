"""Pictures of the main pages, for people who look at how they are drawn: `make screenshots`.

Each organisation is built in a database of its own, shown by the demo's server, and dropped.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql

from okrsite.embedded_postgres import Cluster

ROOT = Path(__file__).resolve().parent.parent
PORT = os.environ.get("PORT", "8090")
WIDTHS = {1280: 800, 390: 844}


@contextmanager
def shown(server: Cluster, data: str) -> Iterator[None]:
    name = f"bearing_screenshots_{os.getpid()}"
    os.environ |= {"DATABASE_URL": server.url(name), "DATA": data, "PORT": PORT, "DEMO": "on"}
    database = sql.Identifier(name)
    with psycopg.connect(server.url("postgres"), autocommit=True) as made:
        made.execute(sql.SQL("CREATE DATABASE {}").format(database))
        demo = subprocess.Popen(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        try:
            if not any("Bearing runs at" in line for line in demo.stdout or ()):
                sys.exit("The demo did not start.")
            yield
        finally:
            demo.terminate()
            demo.wait(timeout=30)
            made.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))


def pages() -> dict[str, tuple[str, str]]:
    """By name: who looks, and at which address. What the organisation lacks is left out."""
    from django.db.models import Count
    from django.urls import reverse

    from apps.initiatives.models import Initiative
    from apps.objectives.models import KeyResult, Objective
    from apps.organisation.models import Team, User
    from okrsite.example.story import ACCOUNTS

    leader = User.objects.get(name=ACCOUNTS["team leader"])
    team = Team.objects.get(pk=min(leader.standing.leads))
    most = Objective.objects.committed().annotate(n=Count("key_results")).order_by("-n", "pk")
    measured = KeyResult.objects.filter(objective__in=Objective.objects.committed())
    rows = {
        "objective": most.first(),
        "objective-in-input": Objective.objects.filter(state=Objective.State.INPUT).first(),
        "key-result": measured.annotate(n=Count("measurements")).order_by("-n", "pk").first(),
        "initiative": Initiative.objects.order_by("-status", "pk").filter(team=team).first(),
    }
    found = {
        "my-week": (leader.name, "/"),
        "overview": (ACCOUNTS["organisation leader"], reverse("dashboards:overview")),
        "team": (leader.name, team.get_absolute_url()),
        "check-in": (leader.name, reverse("checkins:now", args=[team.slug])),
        "propose": (leader.name, reverse("initiatives:propose", args=[team.slug])),
        "people": (ACCOUNTS["administrator"], reverse("organisation:people")),
        "un-blend": (leader.name, reverse("exchange:unblend")),
    }
    return found | {
        name: (leader.name, row.get_absolute_url()) for name, row in rows.items() if row
    }


def sessions(names: set[str]) -> dict[str, str]:
    from django.conf import settings
    from django.test import Client

    from apps.organisation.models import User

    kept = {}
    for name in names:
        client = Client()
        client.force_login(User.objects.get(name=name), settings.AUTHENTICATION_BACKENDS[0])
        kept[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return kept


def photograph(
    browser: Browser, folder: Path, wanted: dict[str, tuple[str, str]], keys: dict[str, str]
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    site = f"http://127.0.0.1:{PORT}"
    for width, height in WIDTHS.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                base_url=site,
                color_scheme=scheme,
                viewport={"width": width, "height": height},
                locale="en-GB",
                reduced_motion="reduce",
            )
            page = context.new_page()
            for name, (person, address) in wanted.items():
                cookie = {"name": f"session-{PORT}", "value": keys[person], "url": site}
                context.add_cookies([cookie])
                answer = page.goto(address)
                if not answer or not answer.ok:
                    sys.exit(f"{address} answered {answer and answer.status}.")
                picture = folder / f"{name}-{width}-{scheme}.png"
                page.screenshot(path=picture, full_page=True)
                if (name, width, scheme) == ("overview", 1280, "light"):
                    page.screenshot(path=folder / "overview.png")  # what the README shows
            context.close()


def main(data: str) -> None:
    folder = ROOT / "screenshots" / (Path(data).stem or "lindenmarkt")
    server = Cluster(ROOT / ".postgres")
    was_asleep = server.start()
    try:
        with shown(server, data):
            django.setup()
            from tests.browser.conftest import ARGUMENTS, find_chromium

            wanted = pages()
            keys = sessions({person for person, _address in wanted.values()})
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=find_chromium(), args=ARGUMENTS
                )
                photograph(browser, folder, wanted, keys)
                browser.close()
    finally:
        if was_asleep:
            server.stop()
    sys.stdout.write(f"{folder.relative_to(ROOT)}: {len([*folder.glob('*.png')])} pictures\n")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "okrsite.settings"
    said = sys.argv[1] if len(sys.argv) > 1 else ""
    if said == "--none":
        sys.stdout.write("DATA=path/to/list.csv takes pictures of one more list; left out.\n")
        sys.exit()
    if said.endswith((".csv", ".xlsx")) and not Path(said).is_file():
        sys.stdout.write(f"There is no list {said}; left out.\n")
        sys.exit()
    main(said)
