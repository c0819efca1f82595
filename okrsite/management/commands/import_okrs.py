import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from apps.exchange.actions import Impossible, import_list, prepare_import
from apps.exchange.layout import LAYOUTS
from apps.exchange.plan import Plan
from apps.exchange.problems import Code, Problem
from apps.exchange.reader import LONGEST_FILE, read
from apps.exchange.standing import check
from apps.exchange.words import expected, place
from apps.organisation.models import Organisation, User

Files = dict[str, tuple[str, bytes]]


class Command(BaseCommand):
    help = "Brings in another tool's list. Where it has an error, nothing at all is written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("okrs", metavar="FILE", help="the list, CSV or XLSX")
        parser.add_argument("--tree", metavar="FILE", help="which team hangs below which")
        parser.add_argument("--measurements", metavar="FILE", help="dated values, confidences")
        parser.add_argument("--cycles", metavar="FILE", help="first and last days of cycles")
        parser.add_argument("--check", action="store_true", help="look only, write nothing")
        parser.add_argument("--json", action="store_true", help="say everything as JSON")
        parser.add_argument(
            "--by", metavar="EMAIL", help="an administrator; else the first one there was"
        )

    def handle(self, *args: Any, by: str | None, **options: Any) -> None:
        if not Organisation.objects.exists():
            raise CommandError("There is no organisation yet: manage.py found_organisation first.")
        person, now = administrator(by), timezone.now()
        files, problems = self.load(options)
        if problems:
            self.tell(problems, {}, is_written=False, as_json=options["json"])
        # What can't be imported is not even kept.
        plan, is_written = check(read(files), now=now), False
        if not plan.errors and not options["check"]:
            plan, is_written = self.bring_in(files, person, now)
        self.tell(plan.problems, plan.counts, is_written=is_written, as_json=options["json"])

    def load(self, options: dict[str, Any]) -> tuple[Files, list[Problem]]:
        """A file that is too large is not even opened."""
        files: Files = {}
        problems = []
        for layout in LAYOUTS:
            if options[layout.name] is None:
                continue
            path = Path(options[layout.name])
            try:
                size = path.stat().st_size
                if size > LONGEST_FILE:
                    about = {"size": size, "most": LONGEST_FILE}
                    problems.append(Problem(Code.TOO_LARGE, path.name, about=about))
                else:
                    files[layout.name] = (path.name, path.read_bytes())
            except OSError as failure:
                raise CommandError(f"{path} can't be read: {failure.strerror}.") from None
        return files, problems

    def bring_in(self, files: Files, person: User, now: datetime) -> tuple[Plan, bool]:
        try:
            with transaction.atomic():
                run = prepare_import(files, by=person, now=now)
                return import_list(run, by=person, now=now), True
        except Impossible as refused:
            return refused.plan, False
        except (PermissionDenied, ValidationError) as refused:
            raise CommandError(str(refused)) from None

    def tell(
        self, problems: list[Problem], counts: dict[str, int], *, is_written: bool, as_json: bool
    ) -> None:
        has_errors = any(problem.is_error for problem in problems)
        if as_json:
            self.stdout.write(as_text(problems, counts, is_written=is_written))
        else:
            for problem in problems:
                stream = self.stderr if problem.is_error else self.stdout
                stream.write(sentence(problem))
            self.stdout.write(summary(counts, is_written=is_written, has_errors=has_errors))
        if has_errors:
            raise SystemExit(1)


def administrator(email: str | None) -> User:
    administrators = User.objects.active().filter(is_administrator=True).order_by("pk")
    if email:
        administrators = administrators.filter(email=email.lower())
    person = administrators.first()
    if person is None:
        raise CommandError(f"{email} is no administrator." if email else "There is none to do it.")
    return person


def sentence(problem: Problem) -> str:
    kind = "error" if problem.is_error else "warning"
    found = f": “{problem.found}”" if problem.found else ""
    return f"{kind}: {place(problem)}{found}. {expected(problem)}"


def summary(counts: dict[str, int], *, is_written: bool, has_errors: bool) -> str:
    new = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items() if n)
    if has_errors:
        return "Nothing was written."
    if is_written:
        return f"Added: {new or 'nothing, all of it stood here already'}."
    return f"Nothing was written. Would add: {new or 'nothing, all of it stands here already'}."


def as_text(problems: list[Problem], counts: dict[str, int], *, is_written: bool) -> str:
    told = [
        {
            "level": "error" if problem.is_error else "warning",
            "code": problem.code,
            "file": problem.file,
            "row": problem.row or None,
            "column": problem.column or None,
            "found": problem.found,
            "expected": expected(problem),
        }
        for problem in problems
    ]
    return json.dumps(
        {
            "written": is_written,
            "added": counts,
            "errors": [row for row in told if row["level"] == "error"],
            "warnings": [row for row in told if row["level"] == "warning"],
        },
        ensure_ascii=False,
        indent=2,
    )
