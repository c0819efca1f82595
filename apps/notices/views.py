"""Which mails one gets; and, in the demo, the mails themselves."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from apps.notices import actions, folder
from apps.notices.forms import ChooseMailsForm
from apps.notices.models import StoppedTopic, Topic
from apps.notices.stopping import read
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import User
from apps.organisation.once import once
from apps.organisation.writes import carry_out, form_status


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: Request, word: str) -> HttpResponse:
    """Looking changes nothing, for programs look into mails, too. A POST needs no session, no
    cookie and no key: the signed address says whose mails and which, and twice is once."""
    found = read(word)
    if found is None:
        raise Http404
    pk, topic = found
    person = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        actions.stop_mails(person, topic=topic, now=request.now)
    with translation.override(person.language):
        request.LANGUAGE_CODE = person.language
        context = {"topic": topic.label, "is_done": request.method == "POST"}
        return render(request, "notices/stop_mails.html", context)


@require_http_methods(GET_OR_POST)
@once
def choose_mails(request: Request) -> HttpResponse:
    person = request.user
    stopped = set(StoppedTopic.objects.filter(person=person).values_list("topic", flat=True))
    form = ChooseMailsForm(
        request.POST if request.method == "POST" else None,
        version=person.version,
        initial={"topics": [topic for topic in Topic if topic not in stopped]},
    )
    if form.is_bound and carry_out(form, partial(actions.choose_mails, person, now=request.now)):
        messages.success(request, _("Saved."))
        return redirect("notices:choose_mails")
    context = {"form": form, "lands_here": bool(settings.MAIL_FOLDER)}
    return TemplateResponse(request, "notices/choose_mails.html", context, status=form_status(form))


@require_safe
def mails(request: Request) -> HttpResponse:
    """In the demo they go into a folder instead of to people."""
    _require_folder()
    return render(request, "notices/mails.html", {"mails": folder.newest()})


@require_safe
def mail(request: Request, name: str) -> HttpResponse:
    _require_folder()
    found = folder.read(name)
    if found is None:
        raise Http404
    return render(request, "notices/mail.html", {"mail": found})


@require_safe
def mail_as_html(request: Request, name: str) -> HttpResponse:
    """As a mail program shows it."""
    _require_folder()
    found = folder.read(name)
    if found is None:
        raise Http404
    return HttpResponse(found.html)


def _require_folder() -> None:
    if settings.PUBLIC or not settings.MAIL_FOLDER:
        raise Http404
