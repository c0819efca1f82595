"""The link with which somebody stops mails of one topic, without signing in (RFC 8058)."""

from django.core import signing
from django.urls import reverse

from apps.notices.models import Topic
from apps.organisation.models import User

SALT = "stop mails"


def link_to_stop(person: User, topic: Topic) -> str:
    """It says who and which topic, and nothing else; it never runs out, as no mail does."""
    word = signing.Signer(salt=SALT).sign(f"{person.pk}-{topic.value}")
    return reverse("notices:stop_mails", args=[word])


def read(word: str) -> tuple[int, Topic] | None:
    """Whose, and which topic; None where nobody has signed this."""
    try:
        pk, _dash, topic = signing.Signer(salt=SALT).unsign(word).partition("-")
        return int(pk), Topic(topic)
    except (signing.BadSignature, ValueError):
        return None
