"""What somebody typed into a form that could not be counted, because the session was over or the
page too old: kept for that person, and offered in the form again.

It is only looked at: nothing of it is carried out until the person sends the form. It lies in
the browser's session on the server, for an hour. The form's own key says whose it is and where
it belongs, so nothing can be put there for somebody else, and nobody is led to another place.
Never kept: passwords, files, keys, and forms without a key (sign-in, the pulse).
"""

from datetime import datetime, timedelta

from django.http import HttpRequest, QueryDict

from apps.organisation.form_keys import read_key

KEPT = "typed"  # in the session, by the path of the form
# In the data of a form that is only looked at.
LOOKED_AT = "looked_at"
FOR = timedelta(hours=1)
MOST_FORMS = 3
MOST_CHARACTERS = 300_000
NOT_TYPED = {"once", "csrfmiddlewaretoken", "version", "seen"}
SECRET = {"password", "oldpassword", "password1", "password2"}
NEVER_KEPT = SECRET | {"once", "csrfmiddlewaretoken"}


def typed_texts(request: HttpRequest) -> list[str]:
    """What somebody would have to type again, if we lost it."""
    return [
        text
        for name, values in request.POST.lists()
        if name not in NOT_TYPED | SECRET
        for text in values
        if text.strip()
    ]


def keep(request: HttpRequest) -> str:
    """The path at which it will be found again; empty where it can't be kept."""
    key = read_key(request)
    if key is None or (request.user.is_authenticated and key.whose != str(request.user.pk)):
        return ""
    fields = [item for item in request.POST.lists() if item[0] not in NEVER_KEPT]
    if sum(len(name) + len("".join(values)) for name, values in fields) > MOST_CHARACTERS:
        return ""
    at = request.now.isoformat()  # type: ignore[attr-defined]
    others = {path: one for path, one in request.session.get(KEPT, {}).items() if path != key.path}
    kept = [*others.items(), (key.path, {"whose": key.whose, "fields": fields, "at": at})]
    request.session[KEPT] = dict(kept[-MOST_FORMS:])
    if not request.user.is_authenticated:
        request.session.set_expiry(int(FOR.total_seconds()))  # signing in sets its own
    return key.path


def find(request: HttpRequest) -> QueryDict | None:
    """What this person typed into the form of this page, as it would have been sent."""
    kept = request.session.get(KEPT, {}).get(request.path)
    if kept is None or kept["whose"] != str(request.user.pk):
        return None
    now: datetime = request.now  # type: ignore[attr-defined]
    if now - datetime.fromisoformat(kept["at"]) > FOR:
        return None
    typed = QueryDict(mutable=True)
    for name, values in kept["fields"]:
        typed.setlist(name, values)
    typed[LOOKED_AT] = "1"
    return typed


def forget_sent(request: HttpRequest) -> None:
    """A form that is sent again, by whatever button, is no longer kept."""
    key = read_key(request) if KEPT in request.session else None
    if key is not None and request.session[KEPT].pop(key.path, None):
        request.session.modified = True


def forget_others(request: HttpRequest) -> None:
    """Whoever signs in finds nothing that somebody else typed at this browser."""
    kept = request.session.pop(KEPT, {})
    own = {path: one for path, one in kept.items() if one["whose"] == str(request.user.pk)}
    if own:
        request.session[KEPT] = own
