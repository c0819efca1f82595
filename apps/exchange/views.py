"""Bringing in a list with a look at it first, and taking everything out again."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.exchange import actions, layout, reader, rows, series, writer
from apps.exchange.forms import ImportForm, PrepareImportForm
from apps.exchange.models import ImportRun
from apps.exchange.pages import Preview, in_words
from apps.exchange.standing import check
from apps.objectives.components import may_draft
from apps.objectives.models import KeyResult
from apps.objectives.readings import read
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status

RUNS = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(GET_OR_POST)
@once
def prepare_import(request: Request) -> HttpResponse:
    """A list with errors is not even kept."""
    permit(request.user, Do.IMPORT_LIST, Team.objects.get(parent=None))
    form = PrepareImportForm(request.POST or None, request.FILES or None)
    preview, status = None, form_status(form)
    if request.method == "POST" and form.is_valid():
        files = form.read_files()
        plan = check(reader.read(files), now=request.now)
        if not plan.errors:
            return redirect(actions.prepare_import(files, by=request.user, now=request.now))
        preview, status = Preview(plan, "1"), 422
    context = {
        "form": form,
        "preview": preview,
        "page_error": preview is not None,
        "may_unblend": may_draft(request.user),
        "runs": _done(request),
    }
    return render(request, "exchange/prepare_import.html", context, status=status)


def _done(request: Request) -> list[tuple[ImportRun, list[str]]]:
    runs = ImportRun.objects.visible_to(request.user).done().select_related("by")[:RUNS]
    return [(run, in_words(run.counts)) for run in runs]


@require_http_methods(GET_OR_POST)
@once
def import_list(request: Request, pk: int) -> HttpResponse:
    permit(request.user, Do.IMPORT_LIST, Team.objects.get(parent=None))
    visible = ImportRun.objects.visible_to(request.user).select_related("by")
    run = get_object_or_404(visible.prefetch_related("files"), pk=pk)
    form = ImportForm(request.POST if request.method == "POST" else None)
    context = {"run": run, "form": form}
    if request.method == "POST":
        try:
            if carry_out(form, partial(actions.import_list, run, by=request.user, now=request.now)):
                messages.success(request, _("Imported. What is missing can be filled in."))
                return redirect(run)
        except actions.Impossible as refused:
            context["preview"] = Preview(refused.plan, "1")
            return render(request, "exchange/import_list.html", context, status=422)
    if run.is_done:
        context["added"] = in_words(run.counts)
    else:
        plan = check(actions.sheets_of(run), now=request.now)
        context["preview"] = Preview(plan, request.GET.get("page", "1"))
    return render(request, "exchange/import_list.html", context, status=form_status(form))


@require_safe
def sample(request: Request) -> HttpResponse:
    """A list to write one's own by."""
    permit(request.user, Do.IMPORT_LIST, Team.objects.get(parent=None))
    return _file(writer.as_csv(layout.OKRS, rows.SAMPLE), "text/csv", "sample.csv")


@require_safe
def export(request: Request) -> HttpResponse:
    permit(request.user, Do.EXPORT_ALL, Team.objects.get(parent=None))
    return render(request, "exchange/export.html", {"layouts": layout.LAYOUTS})


@require_safe
def download(request: Request, name: str) -> HttpResponse:
    """okrs.csv, tree.csv …, or all of them: everything.zip, everything.xlsx."""
    permit(request.user, Do.EXPORT_ALL, Team.objects.get(parent=None))
    if name == "everything.zip":
        return _file(writer.as_archive(rows.sheets()), "application/zip", name)
    if name == "everything.xlsx":
        return _file(writer.as_workbook(rows.sheets()), XLSX, name)
    for found, of in rows.sheets():
        if name == f"{found.name}.csv":
            return _file(writer.as_csv(found, of), "text/csv", name)
    raise Http404


@require_safe
def numbers(request: Request, pk: int) -> HttpResponse:
    """The numbers behind the drawing of a key result, for whoever reads its page."""
    visible = KeyResult.objects.visible_to(request.user).for_rows()
    key_result: KeyResult = get_object_or_404(visible, pk=pk)
    found = series.numbers(key_result, read(key_result, today=request.today))
    return _file(writer.as_csv(series.NUMBERS, found), "text/csv", f"key-result-{pk}.csv")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type, headers=headers)
