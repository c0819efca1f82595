"""Mails of the demo: each a file in a folder, which a page shows."""

from collections.abc import Sequence
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage as Outgoing
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

MOST = 200


class EmailBackend(BaseEmailBackend):
    """Django's own puts several into one file."""

    def send_messages(self, messages: Sequence[Outgoing]) -> int:
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in messages:
            written = message.message().as_bytes()
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}.eml"
            (folder / f".{name}").write_bytes(written)
            (folder / f".{name}").rename(folder / name)  # whole, or not there
        return len(messages)


class Stored(NamedTuple):
    name: str
    subject: str
    to: str
    date: str
    text: str
    html: str
    headers: list[tuple[str, str]]


def newest() -> list[Stored]:
    names = sorted((path.stem for path in _folder().glob("[0-9]*.eml")), reverse=True)
    return [found for name in names[:MOST] if (found := read(name))]


def read(name: str) -> Stored | None:
    try:
        written = (_folder() / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    mail = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(written)
    bodies = {kind: mail.get_body((kind,)) for kind in ("plain", "html")}
    text, html = (body.get_content() if body else "" for body in bodies.values())
    headers = [(header, str(value)) for header, value in mail.items()]
    return Stored(name, mail["Subject"], mail["To"], mail["Date"], text, html, headers)


def _folder() -> Path:
    return Path(settings.MAIL_FOLDER)
