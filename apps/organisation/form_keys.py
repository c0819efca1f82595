"""The key of a form: for one person and one address, and good for one sending (once.py).

Signed, not secret: it says whose form it is also when nobody is signed in any more (kept.py).
"""

from typing import NamedTuple
from uuid import UUID, uuid4

from django.core import signing
from django.http import HttpRequest

SIGNER = signing.Signer(salt="once")


class FormKey(NamedTuple):
    whose: str  # a person's number; "None", where nobody was signed in
    path: str
    number: UUID


def new_key(request: HttpRequest, path: str | None = None) -> str:
    """A fresh key for a form that this person will send to this path."""
    return SIGNER.sign(f"{request.user.pk}:{path or request.path}:{uuid4().hex}")


def read_key(request: HttpRequest) -> FormKey | None:
    """The key that came with a form; None where it is none of ours."""
    try:
        whose, _colon, rest = SIGNER.unsign(request.POST.get("once", "")).partition(":")
        path, _colon, number = rest.rpartition(":")
        return FormKey(whose, path, UUID(number))
    except (signing.BadSignature, ValueError):
        return None
