import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from apps.organisation import actions
from apps.organisation.models import User


class Command(BaseCommand):
    help = "Makes the organisation, its root team and its first administrator; asks a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="of the organisation")
        parser.add_argument("--email", required=True, help="of its first administrator")
        parser.add_argument("--person", required=True, help="the name of that administrator")

    def handle(self, *args: Any, name: str, email: str, person: str, **options: Any) -> None:
        try:
            with transaction.atomic():
                administrator = actions.found(
                    name=name.strip(), email=email.strip(), person=person.strip()
                )
                actions.change_password(administrator, password=self.ask(administrator))
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        self.stdout.write(f"{name} stands. {person} can sign in as {administrator.email}.")

    def ask(self, administrator: User) -> str:
        password = getpass.getpass("Password: ")
        validate_password(password, administrator)
        if getpass.getpass("The same again: ") != password:
            raise CommandError("The two differ. Nothing was made.")
        return password
