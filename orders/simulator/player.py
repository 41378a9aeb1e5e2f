"""Payers without a browser, for the day player and tests: pay and hand over the call-backs in-process."""

from collections.abc import Callable, Mapping
from datetime import datetime

from . import account, notices
from .models import SimNotice

How = SimNotice.How

# Takes a call-back's headers and body, like services.callbacks.handle_callback with its clock bound.
Deliver = Callable[[Mapping[str, str], bytes], object]


def pay(*, out_trade_no: str, now: datetime, deliver: Deliver, how: str = How.NOW) -> list:
    """Pay at the provider and deliver 0, 1 or 2 call-backs; returns what `deliver` returned for each.

    how "late" pays and delivers nothing yet: call `tell` when it is time.
    """
    payment = account.find(out_trade_no)
    if not account.pay(payment, now=now):
        raise account.Refusal("NOT_PAYABLE")
    return [] if how == How.LATE else tell(out_trade_no=out_trade_no, now=now, deliver=deliver, how=how)


def tell(*, out_trade_no: str, now: datetime, deliver: Deliver, how: str = How.NOW) -> list:
    """Deliver the call-back(s) of a payment's present state."""
    notice = notices.record(account.find(out_trade_no), how=how, now=now)
    if notice is None:
        return []
    signed = [notices.message(notice, now=now) for _ in range(2 if how == How.TWICE else 1)]
    return [deliver(headers, body) for headers, body in signed]
