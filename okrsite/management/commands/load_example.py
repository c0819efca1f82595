"""Load the example organisation into an empty database, and print its accounts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.exchange.actions import Impossible
from apps.exchange.words import expected, place
from apps.organisation.models import Organisation
from okrsite.example import listed
from okrsite.example.build import Story, build
from okrsite.example.story import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Load the example organisation; a database that holds another one stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.first()
        if organisation is None:
            self.load(settings.DATA)
        elif not organisation.is_demo:
            self.stdout.write(f"This database holds {organisation}; no example was loaded.")
            return
        address = listed.address if settings.DATA else Story.address
        for role, name in ACCOUNTS.items():
            self.stdout.write(f"{role}: {address(name)} / {PASSWORD}")

    def load(self, data: str) -> None:
        """Lindenmarkt, or a list of another organisation."""
        if not data:
            build(timezone.now())
            return
        try:
            listed.build(listed.find(data), timezone.now())
        except FileNotFoundError as failure:
            raise CommandError(
                f"There is no list {failure}: DATA= names gitlab, or a file."
            ) from None
        except Impossible as refused:
            first, n = refused.plan.errors[0], len(refused.plan.errors)
            raise CommandError(
                f"{data} has {n} errors. The first: {place(first)}: “{first.found}”. "
                f"{expected(first)}"
            ) from None
