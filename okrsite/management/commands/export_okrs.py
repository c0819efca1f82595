from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.exchange.rows import sheets
from apps.exchange.writer import as_archive, as_csv, as_workbook
from apps.organisation.models import Organisation


class Command(BaseCommand):
    help = "Writes goals, teams, values and cycles in the layout that import_okrs reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "to",
            metavar="DIR|FILE",
            type=Path,
            help="a folder for all CSV files, or a file: .xlsx, .zip, or .csv for the list alone",
        )

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        if not Organisation.objects.exists():
            raise CommandError("There is no organisation yet, so there is nothing to write.")
        try:
            written = write(to)
        except OSError as failure:
            raise CommandError(f"{to} can't be written: {failure.strerror}.") from None
        for path in written:
            self.stdout.write(str(path))


def write(to: Path) -> list[Path]:
    match to.suffix.lower():
        case ".xlsx":
            to.write_bytes(as_workbook(sheets()))
        case ".zip":
            to.write_bytes(as_archive(sheets()))
        case ".csv":
            to.write_bytes(as_csv(*next(sheets())))
        case _:
            to.mkdir(parents=True, exist_ok=True)
            paths = []
            for layout, rows in sheets():
                paths.append(to / f"{layout.name}.csv")
                paths[-1].write_bytes(as_csv(layout, rows))
            return paths
    return [to]
