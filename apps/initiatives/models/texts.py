"""The texts of an initiative that trigrams are made of, as the indexes have them."""

from django.db.models import F, TextField, Value
from django.db.models.functions import Concat, Upper


def _together(*names: str) -> Upper:
    parts: list[F | Value] = []
    for name in names:
        parts += [Value(" "), F(name)]
    return Upper(Concat(*parts[1:], output_field=TextField()))


# What it was to be; what else it turned out to be.
TRIED = _together("title", "believe", "will")
TOLD = _together("title", "believe", "will", "know_when", "learning")
