"""Fund transfers for show: the list with its sums, one with its history, files, what the bank answered."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, Sum, Value, When

from omnichannel.kernel.errors import NotFound
from settlement.models import (
    BankAnswer,
    FundTransfer,
    TransferDocument,
    TransferFile,
    TransferLimit,
    TransferState,
)

# On their way: the money is in transit and nobody has said yet that it arrived or came back.
OPEN = (TransferState.CONFIRMED, TransferState.EXPORTED, TransferState.SENT, TransferState.UNKNOWN)
_SIGNED = Case(When(direction="pay", then=F("amount_fen")), default=Value(-1) * F("amount_fen"))


class DocumentUnknown(NotFound):
    code = "transfer_file_unknown"


@dataclass(frozen=True)
class Sums:
    """Fen, and how many."""

    count: int
    pay: int
    collect: int
    net: int


def listed(
    *, day: date | None = None, state: str = "", direction: str = "", text: str = "", ids=None
) -> QuerySet[FundTransfer]:
    """Newest day first; text: part of a reference, or an institution's code or name."""
    rows = FundTransfer.objects.select_related(
        "institution", "proposed_by", "confirmed_by", "first_confirmed_by", "file", "replaced_by"
    )
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    if day:
        rows = rows.filter(business_date=day)
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    elif state in TransferState.values:
        rows = rows.filter(state=state)
    if direction in FundTransfer.Direction.values:
        rows = rows.filter(direction=direction)
    if text:
        rows = rows.filter(
            Q(reference__icontains=text) | Q(institution__code__icontains=text)
            | Q(institution__name__icontains=text) | Q(institution__name_en__icontains=text)
        )  # fmt: skip
    return rows


def sums(rows: QuerySet[FundTransfer]) -> Sums:
    found = rows.order_by().aggregate(
        count=Count("pk"),
        pay=Sum("amount_fen", filter=Q(direction="pay"), default=0),
        collect=Sum("amount_fen", filter=Q(direction="collect"), default=0),
        net=Sum(_SIGNED, default=0),
    )
    return Sums(**found)


def open_until(day: date) -> dict[str, tuple[int, int]]:
    """(how many, fen in transit) of the transfers up to a day that are on their way, by state."""
    rows = FundTransfer.objects.filter(business_date__lte=day, state__in=OPEN).order_by().values("state")
    found = rows.annotate(n=Count("pk"), fen=Sum(_SIGNED))
    return {row["state"]: (row["n"], row["fen"]) for row in found}


def one(transfer_id: int) -> FundTransfer | None:
    return listed(ids=[transfer_id]).first()


def files(*, day: date | None = None) -> QuerySet[TransferFile]:
    """Newest first, each with its documents and how many of its transfers stand where."""
    documents = Prefetch("documents", TransferDocument.objects.defer("content"))
    rows = TransferFile.objects.prefetch_related(documents, "answers")
    counts = {
        state: Count("transfers", filter=Q(transfers__state=state), distinct=True)
        for state in ("exported", "sent", "succeeded", "failed", "unknown")
    }
    of_day = rows.filter(business_date=day) if day else rows
    return of_day.annotate(**counts).order_by("-pk")


def document(name: str) -> TransferDocument:
    """Raises DocumentUnknown."""
    found = TransferDocument.objects.filter(name=name).first()
    if found is None:
        raise DocumentUnknown()
    return found


def answers(*, text: str = "", kind: str = "", day: date | None = None) -> QuerySet[BankAnswer]:
    """Newest first; text: part of a file's name, ours or theirs, or a transfer's reference."""
    rows = BankAnswer.objects.select_related("file")
    if kind:
        rows = rows.filter(format=kind)
    if day:
        rows = rows.filter(file__business_date=day)
    if text:
        rows = rows.filter(
            Q(file_name__icontains=text) | Q(file__name__icontains=text)
            | Q(pk__in=BankAnswer.objects.filter(lines__transfer__reference__icontains=text).values("pk"))
        )  # fmt: skip
    counts = {
        outcome: Count("lines", filter=Q(lines__outcome=outcome), distinct=True)
        for outcome in ("succeeded", "failed", "unknown")
    }
    return rows.annotate(**counts).order_by("-pk")


def limits() -> list[TransferLimit]:
    """Every entry: the role's first, then people's; newest first."""
    return list(TransferLimit.objects.select_related("user").order_by("user", "role", "-valid_from", "-pk"))
