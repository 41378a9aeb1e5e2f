"""The simulated bank answers the files of a day: by CSV on even days, by pain.002 on odd ones."""

from collections import Counter
from datetime import date, datetime

from django.conf import settings

from settlement.models import TransferFile
from settlement.services import bank_answers
from settlement.simulator import bank_answers as bank


def answer(*, day: date, seed: int, actor, now: datetime, failed: int = 0, unknown: int = 0) -> Counter:
    """Take in what the bank says of each file that it has not answered; how many transfers went which way.

    Which ones fail follows from the seed and the day.
    """
    outcomes: Counter = Counter()
    for file in TransferFile.objects.filter(business_date=day, answers=None).order_by("pk"):
        rows = file.transfers.order_by("pk").values_list("reference", "amount_fen")
        said = bank.decide(
            [bank.Asked(*row) for row in rows], seed=seed + day.toordinal(), failed=failed, unknown=unknown
        )
        name, content = _written(said, file=file, day=day, now=now)
        bank_answers.import_answer(actor=actor, content=content, file_name=name, now=now)
        outcomes.update(one.outcome for one in said)
    return outcomes


def _written(said: list[bank.Said], *, file: TransferFile, day: date, now: datetime) -> tuple[str, bytes]:
    stem = file.name.rpartition(".")[0]
    write, ending = (bank.as_pain002, "xml") if day.toordinal() % 2 else (bank.as_csv, "csv")
    content = write(said, account=settings.PLATFORM_BANK_ACCOUNT, file=stem, at=now)
    return f"answer-{stem}.{ending}", content
