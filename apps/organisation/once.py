"""A form counts once: a second click, a reload or a lost answer changes nothing twice.

Each mutating form carries a key, signed for this person and this address, and consumed
in the transaction that writes. Same key and same body: the first answer again. Same key
and another body: 409, with what was typed. A refused form (4xx) consumes nothing.

Not for forms with a password in them: what a form says is kept as a digest.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.utils.crypto import salted_hmac

from apps.organisation.models import OneTimeKey

View = Callable[..., HttpResponse]
# What an answer says besides its body, and must say again when it is repeated.
KEPT_HEADERS = ("Content-Type", "Location", "HX-Redirect", "HX-Location", "HX-Push-Url",
                "HX-Trigger", "HX-Retarget", "HX-Reswap", "HX-Refresh")  # fmt: skip
NOT_TYPED = {"once", "csrfmiddlewaretoken", "version", "seen"}
SECRET = {"password", "oldpassword", "password1", "password2"}


def new_key(request: HttpRequest, path: str | None = None) -> str:
    """A fresh key for a form that this person will send to this path."""
    return _signer(request, path or request.path).sign(uuid4().hex)


def once(view: View) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            key = UUID(_signer(request, request.path).unsign(request.POST.get("once", "")))
        except (signing.BadSignature, ValueError):
            return _show_typed(request, status=422)

        with transaction.atomic():
            sent = OneTimeKey(  # type: ignore[misc]
                key=key,
                user_id=request.user.pk,
                path=request.path,
                body_digest=_digest(request),
                used_at=request.now,  # type: ignore[attr-defined]
            )
            if not _is_first(sent):
                before = OneTimeKey.objects.get(key=key)
                same = before.body_digest == sent.body_digest
                return _replay(before) if same else _show_typed(request, status=409)

            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
            if response.status_code >= 400:
                transaction.set_rollback(True)
            else:
                _keep(sent, response)
            return response

    return wrapper


def _is_first(sent: OneTimeKey) -> bool:
    """Stored now? A twin that is under way is waited for."""
    try:
        with transaction.atomic():
            sent.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _signer(request: HttpRequest, path: str) -> signing.Signer:
    return signing.Signer(salt=f"once:{request.user.pk}:{path}")


def _digest(request: HttpRequest) -> str:
    """Of everything typed, of files and of the whole address, whatever the order of the fields.

    With our secret in it: what somebody typed can't be guessed from a copy of the table.
    """
    typed = sorted(
        (name, values)
        for name, values in request.POST.lists()
        if name not in {"once", "csrfmiddlewaretoken"}
    )
    files = sorted(
        (name, file.name, _digest_of_file(file))
        for name, files in request.FILES.lists()
        for file in files
    )
    said = repr((request.get_full_path(), typed, files))
    return salted_hmac("once", said, algorithm="sha256").hexdigest()


def _digest_of_file(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _keep(sent: OneTimeKey, response: HttpResponse) -> None:
    sent.status = response.status_code
    sent.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    sent.content = response.content.decode()
    sent.save(update_fields=["status", "headers", "content"])


def _replay(sent: OneTimeKey) -> HttpResponse:
    return HttpResponse(sent.content, status=sent.status, headers=sent.headers)


def typed_texts(request: HttpRequest) -> list[str]:
    """What somebody would have to type again, if we lost it."""
    return [
        text
        for name, values in request.POST.lists()
        if name not in NOT_TYPED | SECRET
        for text in values
        if text.strip()
    ]


def _show_typed(request: HttpRequest, *, status: int) -> HttpResponse:
    context = {"typed": typed_texts(request), "sent_before": status == 409}
    return render(request, "409.html", context, status=status)
