"""Files for the bank and the bank's answers to them."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from omnichannel.kernel import clock
from omnichannel.kernel.downloads import XLSX, csv_file, download
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed
from omnichannel.kernel.filters import date_of
from settlement import rights
from settlement.models import AnswerFormat, BankAnswer, DocumentFormat, TransferFile
from settlement.queries import list_exports, transfer_exports
from settlement.queries import transfers as found
from settlement.services import bank_answers, transfer_files
from settlement.simulator import bank_answers as simulated

from .access import finance_page, page_of
from .list_files import list_file

MOST_BYTES = 16 * 1024 * 1024
TYPES = {DocumentFormat.CSV: "text/csv; charset=utf-8", DocumentFormat.XLSX: XLSX}


class FileMissing(Invalid):
    code = "file_missing"
    message = gettext_lazy("Choose the bank's file.")


class FileTooLarge(Invalid):
    code = "file_too_large"
    message = gettext_lazy("Larger files are taken in by the command import_bank_answer.")


@require_GET
@finance_page
def file_list(request):
    day = date_of(request, "day")
    context = {
        "day": day,
        "may_send": request.actor.has(rights.CLERK, rights.LEAD),
        "demo": settings.DEMO,
        **page_of(request, found.files(day=day), size=20),
    }
    return render(request, "settlement/transfer_files.html", context)


@require_GET
@finance_page
def files_file(request, kind: str):
    rows = found.files(day=date_of(request, "day"))
    return list_file(kind, "transfer-files", list_exports.TRANSFER_FILES, rows, count=rows.count())


@require_GET
@finance_page
def document(request, name: str):
    """The bytes as they were made, however often they are asked for."""
    made = found.document(name)
    kind = TYPES.get(made.format, "application/xml; charset=utf-8")
    return download(HttpResponse(bytes(made.content), content_type=kind), made.name, rows=made.count)


@require_POST
@finance_page
def sent(request, name: str):
    try:
        count = transfer_files.mark_sent(actor=request.actor, name=name, now=clock.now())
    except transfer_files.NothingToSend as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(n)s transfer is sent.", "%(n)s transfers are sent.", count)
        messages.success(request, said % {"n": count})
    return redirect("settlement:transfer-files")


@require_http_methods(["GET", "POST"])
@finance_page
def answer_list(request):
    """Answers that were taken in; a refused one comes back with line and reason, and nothing is changed."""
    refusal = None
    if request.method == "POST":
        try:
            made = _import(request)
        except NotAllowed:
            raise
        except DomainError as problem:
            refusal = problem
        else:
            messages.success(request, _("%(file)s is taken in.") % {"file": made.file_name})
            return redirect("settlement:answer", answer_id=made.pk)
    wanted = _wanted(request)
    context = {
        "refusal": refusal,
        **wanted,
        "formats": AnswerFormat.choices,
        "may_load": request.actor.has(rights.CLERK, rights.LEAD),
        **page_of(request, found.answers(**wanted)),
    }
    return render(request, "settlement/answers.html", context, status=refusal.status if refusal else 200)


def _wanted(request) -> dict:
    kind = request.GET.get("format", "")
    return {
        "kind": kind if kind in AnswerFormat.values else "",
        "text": request.GET.get("q", "").strip()[:40],
        "day": date_of(request, "day"),
    }


@require_GET
@finance_page
def answers_file(request, kind: str):
    rows = found.answers(**_wanted(request))
    return list_file(kind, "answers", list_exports.ANSWERS, rows, count=rows.count())


def _import(request) -> BankAnswer:
    file = request.FILES.get("file")
    if file is None:
        raise FileMissing(field="file")
    if file.size > MOST_BYTES:
        raise FileTooLarge(field="file")
    return bank_answers.import_answer(
        actor=request.actor, content=file.read(), file_name=file.name, now=clock.now()
    )


def _answer(answer_id: int) -> BankAnswer:
    found_one = BankAnswer.objects.select_related("file").filter(pk=answer_id).first()
    if found_one is None:
        raise bank_answers.AnswerUnknown()
    return found_one


@require_GET
@finance_page
def answer_page(request, answer_id: int):
    answer = _answer(answer_id)
    lines = answer.lines.select_related("transfer__institution")
    outcome = request.GET.get("outcome", "")
    shown = lines.filter(outcome=outcome) if outcome else lines
    context = {
        "answer": answer,
        "outcome": outcome,
        "outcomes": answer.lines.model._meta.get_field("outcome").choices,
        **page_of(request, shown),
    }
    return render(request, "settlement/answer.html", context)


@require_GET
@finance_page
def answer_csv(request, answer_id: int):
    answer = _answer(answer_id)
    lines = transfer_exports.answer_csv(answer.lines.all())
    return csv_file(lines, f"answer-{answer.pk}.csv", rows=answer.rows)


@require_GET
@finance_page
def simulated_answer(request, name: str, kind: str):
    """In a demo: what the simulated bank answers to a file, one refused and one it cannot say yet."""
    if not settings.DEMO:
        raise Http404
    made = get_object_or_404(TransferFile, name=name)
    asked = [simulated.Asked(*row) for row in made.transfers.order_by("reference").values_list(
        "reference", "amount_fen"
    )]  # fmt: skip
    said = simulated.decide(asked, seed=made.pk)
    write = simulated.as_pain002 if kind == AnswerFormat.PAIN_002 else simulated.as_csv
    stem = made.name.rpartition(".")[0]
    content = write(said, account=settings.PLATFORM_BANK_ACCOUNT, file=stem, at=clock.now())
    ending = "xml" if kind == AnswerFormat.PAIN_002 else "csv"
    answer = HttpResponse(content, content_type="application/octet-stream")
    return download(answer, f"answer-{stem}.{ending}", rows=len(said))
