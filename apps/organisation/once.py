"""A form counts once: a second click, a reload or a lost answer changes nothing twice.

Each mutating form carries a key, signed for this person and this address, and consumed
in the transaction that writes. Same key and same body: the first answer again. Same key
and another body: 409, with what was typed. A refused form (4xx) consumes nothing.

Not for forms with a password in them: what a form says is kept as a digest.

What somebody typed while signed out (kept.py) is drawn into the form again here.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from apps.organisation import kept
from apps.organisation.form_keys import read_key
from apps.organisation.models import OneTimeKey

View = Callable[..., HttpResponse]
# What an answer says besides its body, and must say again when it is repeated.
KEPT_HEADERS = ("Content-Type", "Location", "HX-Redirect", "HX-Location", "HX-Push-Url",
                "HX-Trigger", "HX-Retarget", "HX-Reswap", "HX-Refresh")  # fmt: skip


def once(view: View) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            typed = kept.find(request) if request.method == "GET" else None
            if typed is not None and "HX-Request" not in request.headers:
                return _look(view, request, typed, *args, **kwargs)
            return view(request, *args, **kwargs)
        key = read_key(request)
        if key is None or (key.whose, key.path) != (str(request.user.pk), request.path):
            return _show_typed(request, status=422)

        with transaction.atomic():
            sent = OneTimeKey(  # type: ignore[misc]
                key=key.number,
                user_id=request.user.pk,
                path=request.path,
                body_digest=_digest(request),
                used_at=request.now,  # type: ignore[attr-defined]
            )
            if not _is_first(sent):
                before = OneTimeKey.objects.get(key=key.number)
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


def _look(
    view: View, request: HttpRequest, typed: QueryDict, *args: Any, **kwargs: Any
) -> HttpResponse:
    """The page with what was typed before the session was over, as if it were refused: carry_out
    does nothing with it, and whatever else the view would write is taken back."""
    messages.info(
        request,
        _("This was not sent: you were signed out while you wrote it. Look at it, then send it."),
    )
    request.POST, request.method = typed, "POST"  # type: ignore[assignment]
    with transaction.atomic():
        response = view(request, *args, **kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        transaction.set_rollback(True)
    if 300 <= response.status_code < 400:
        return _show_typed(request, status=200)
    request.method, response.status_code = "GET", 200
    return response


def _show_typed(request: HttpRequest, *, status: int) -> HttpResponse:
    context = {"typed": kept.typed_texts(request), "sent_before": status == 409}
    return render(request, "409.html", context, status=status)
