"""Load the example organisation into an empty database, and print its accounts."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.organisation.models import Organisation
from okrsite.example.build import Story, build
from okrsite.example.story import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Load the example organisation; a database that holds another one stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.first()
        if organisation is None:
            build(timezone.now())
        elif not organisation.is_demo:
            self.stdout.write(f"This database holds {organisation}; no example was loaded.")
            return
        for role, name in ACCOUNTS.items():
            self.stdout.write(f"{role}: {Story.address(name)} / {PASSWORD}")
