"""CSV with a trailer of count, sum and SHA-256 over the bytes before it."""

import csv
import hashlib
import io

from omnichannel.kernel.money import yuan

from .rows import Batch, Payment

HEADER = (
    "sequence", "direction", "payer_account", "payee_account", "payee_name", "bank", "cnaps", "amount",
    "purpose", "reference",
)  # fmt: skip


def fields(payment: Payment, batch: Batch) -> tuple:
    """A row by HEADER, amount in fen; bank and number are the payee's."""
    payer, payee = batch.ours, payment.theirs
    if payment.is_collection:
        payer, payee = payee, payer
    direction = "collect" if payment.is_collection else "pay"
    return (
        payment.sequence, direction, payer.number, payee.number, payee.name, payee.bank, payee.cnaps,
        payment.amount_fen, payment.purpose, payment.reference,
    )  # fmt: skip


def write(batch: Batch) -> tuple[bytes, str]:
    """The file and the digest that its trailer states."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for payment in batch.payments:
        row = list(fields(payment, batch))
        row[7] = yuan(payment.amount_fen)
        writer.writerow(row)
    body = out.getvalue()
    digest = hashlib.sha256(body.encode()).hexdigest()
    return f"{body}TRAILER,{len(batch.payments)},{yuan(batch.sum_fen)},{digest}\r\n".encode(), digest
