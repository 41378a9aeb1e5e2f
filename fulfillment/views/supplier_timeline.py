"""Our order at its supplier as both sides see it: tones of its badges, and what happened to it.

On our pages with our people's names, on the supplier's without.
"""

from django.utils.translation import gettext as _

from fulfillment.models import (
    NoticeState,
    SupplierEventKind,
    SupplierOrder,
    SupplierOrderState,
    SupplierProgress,
)
from members.actors import SYSTEM

ANSWER_TONES = {
    SupplierProgress.ASKED: "warn",
    SupplierProgress.CONFIRMED: "ok",
    SupplierProgress.MAKING: "accent",
    SupplierProgress.MADE: "accent",
    SupplierProgress.DECLINED: "danger",
}
NOTICE_TONES = {NoticeState.ANNOUNCED: "accent", NoticeState.CHECKED: "ok"}
_K = SupplierEventKind
OURS = (_K.CHECKED, _K.DIFFERED, _K.RECALLED)
BAD = (_K.DECLINED, _K.WITHDRAWN, _K.RECALLED, _K.DIFFERED)


def timeline(order: SupplierOrder, *, for_supplier: bool) -> list[dict]:
    """Oldest first: ordered, the supplier's steps and our receiving, and how it ended.

    for_supplier: without the names of our people.
    """
    items = [
        {
            "title": _("Ordered"),
            "at": order.created_at,
            "who": "" if for_supplier or order.created_by == SYSTEM.label else order.created_by,
        }
    ]
    events = list(order.events.all())
    items += [_step(event, for_supplier) for event in events]
    if order.state != SupplierOrderState.OPEN and not _declined(events):
        items.append(_end(order, for_supplier))
    return sorted(items, key=lambda item: item["at"])


def _declined(events) -> bool:
    return any(event.kind == _K.DECLINED for event in events)


def _step(event, for_supplier: bool) -> dict:
    hidden = event.who == SYSTEM.label or (for_supplier and event.kind in OURS)
    return {
        "title": str(event.get_kind_display())[:1].upper() + str(event.get_kind_display())[1:],
        "at": event.at,
        "who": "" if hidden else event.who,
        "where": event.reference,
        "text": _text(event),
        "state": "failed" if event.kind in BAD else "done",
    }


def _text(event) -> str:
    """The promised day and the note."""
    day = event.promised_on
    promised = _("Arrives on %(day)s") % {"day": day.isoformat()} if day else ""
    return " · ".join(word for word in (promised, event.note) if word)


def _end(order: SupplierOrder, for_supplier: bool) -> dict:
    label = str(order.get_state_display())
    return {
        "title": label[:1].upper() + label[1:],
        "at": order.changed_at,
        "who": "" if for_supplier else order.ended_by,
        "text": order.end_reason,
        "state": "done" if order.state == SupplierOrderState.RECEIVED else "failed",
    }
