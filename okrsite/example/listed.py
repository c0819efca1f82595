"""Another organisation for the demo: a list that was imported, and four people made for it."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Count
from django.utils.text import slugify

from apps.exchange.actions import import_list, prepare_import
from apps.exchange.planner import names_of
from apps.exchange.reader import read
from apps.objectives.models import KeyResult
from apps.organisation import actions as people
from apps.organisation.models import Organisation, Team, User
from okrsite.example.people import come_in
from okrsite.example.story import ACCOUNTS, PASSWORD

# Lists that lie in the repository, by name; any other is named by its path.
LISTS = Path(__file__).resolve().parents[2] / "tests" / "exchange" / "lists"
BESIDE = ("tree", "measurements", "cycles")


def address(name: str) -> str:
    """Of someone in the organisation that stands."""
    domain = slugify(Organisation.objects.get().name) or "demo"
    return f"{name.lower().split()[0]}@{domain}.example"


def find(said: str) -> Path:
    """“gitlab” or the path of a CSV file or workbook. Raises FileNotFoundError."""
    path = LISTS / f"{said}.csv" if said.isidentifier() else Path(said)
    if not path.is_file():
        raise FileNotFoundError(path)
    return path


@transaction.atomic
def build(path: Path, now: datetime) -> None:
    """The list and, where they lie beside it, name_tree.csv, name_measurements.csv and
    name_cycles.csv. Raises Impossible where it has errors."""
    files = {"okrs": (path.name, path.read_bytes())}
    for role in BESIDE:
        beside = path.with_name(f"{path.stem}_{role}.csv")
        if beside.exists():
            files[role] = (beside.name, beside.read_bytes())
    name = min(names_of(read(files), "org"), default=path.stem)
    administrator = people.found(
        name=name, email="demo@example.org", person=ACCOUNTS["administrator"], is_demo=True
    )
    administrator.email = address(administrator.name)
    _let_in(administrator)
    import_list(prepare_import(files, by=administrator, now=now), by=administrator, now=now)
    _hire(administrator, now)


def _hire(administrator: User, now: datetime) -> None:
    """A leader of the whole; a leader and a member of the team with the most key results."""
    by_size = KeyResult.objects.exclude(team__parent=None).values("team").annotate(n=Count("pk"))
    largest = Team.objects.get(pk=by_size.order_by("-n", "team")[0]["team"])
    places = {"organisation leader": people.root_team(), "team leader": largest, "member": largest}
    for role, team in places.items():
        email = address(ACCOUNTS[role])
        person = come_in(email=email, name=ACCOUNTS[role], by=administrator, now=now)
        add = people.add_member if role == "member" else people.appoint_leader
        add(team, person=person, by=administrator, now=now)
        _let_in(person)


def _let_in(person: User) -> None:
    person.set_password(PASSWORD)
    person.save(update_fields=["email", "password"])
