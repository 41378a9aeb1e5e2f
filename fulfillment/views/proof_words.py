"""A proof's entries and flaws in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from fulfillment.models import CashMeans, Evidence, IdentityOutcome, PhotoKind, PositionNote, VisitEnd
from fulfillment.reasons import words
from fulfillment.services.evidence_check import Flaw
from omnichannel.kernel import clock
from omnichannel.kernel.money import display


def entry_names() -> dict[str, str]:
    return {
        "parcel": _("Parcel"),
        "order": _("Order"),
        "receiver": _("Receiver"),
        "phone": _("Phone"),
        "delivered_at": _("Delivered at"),
        "courier": _("Courier"),
        "delivered_by": _("Delivered by"),
        "identity_passed_at": _("Identity proven at"),
        "identity_checks": _("Identity checks"),
        "signature_sha256": _("Signature"),
        "photos": _("Photos"),
        "visits": _("Visits"),
        "cod_fen": _("Collected"),
        "cod_means": _("Means"),
        "goods": _("Handed over"),
        "posted": _("Posted parcel"),
        "refused": _("Not taken"),
        "serials": _("Serials"),
        "counter": _("Counter"),
        "by": _("Handed over by"),
        "pickup_code": _("Pick-up code"),
        "signed_by": _("Received by"),
        "courier_event": _("Courier's message"),
    }


def flaw_words(flaw: Flaw) -> dict:
    sentences = {
        "altered": _("was altered after it was bound"),
        "removed": _("was taken out after it was bound"),
        "added": _("was put in after it was bound"),
        "seals_altered": _("The seals were altered."),
        "not_bound_by_us": _("It was not bound with our key."),
        "picture_missing": _("picture missing"),
        "picture_altered": _("picture altered"),
        "record_differs": _("our working record says something else today"),
        "unknown_to_us": _("We keep no proof of this parcel."),
        "kept_differs": _("The proof that we keep of this parcel is another one."),
    }
    return {
        "entry": entry_names().get(flaw.entry, flaw.entry),
        "text": sentences[flaw.code],
        "detail": flaw.detail,
    }


def told(proof: Evidence, flawed: set[str]) -> list[dict]:
    """Name, lines of text, and whether something is wrong with it, for each entry that says something."""
    names, document = entry_names(), proof.document
    order = [name for name in names if name in document] + sorted(document.keys() - names.keys())
    return [
        {"name": names.get(name, name), "lines": _lines(name, document[name]), "flawed": name in flawed}
        for name in order
        if document[name] not in ("", None, [], 0)
    ]


def _lines(name: str, value) -> list[str]:
    if name in _TELL:
        return _TELL[name](value)
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _at(moment: str) -> str:
    """Shanghai's time of a bound instant, which is kept in UTC; what somebody made of it stays as it is."""
    try:
        return datetime.fromisoformat(moment).astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return moment


def _visits(rows) -> list[str]:
    return [
        f"{row['number']}. {_at(row['arrived_at'])} · {row['by']} · {_fix(row)} · "
        f"{_label(VisitEnd, row['end'])}"
        for row in rows
    ]


def _fix(row) -> str:
    if not isinstance(row["position"], list):
        known = "" if row["position"] == "not_asked" else row["position"]
        return _label(PositionNote, known)
    latitude, longitude, accuracy = row["position"]
    place = f"{latitude:.5f}, {longitude:.5f} ± {accuracy} m"
    if row["distance_m"] is None:
        return place
    return place + " · " + _("%(metres)s m from the address") % {"metres": row["distance_m"]}


def _label(choices, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


_TELL = {
    "delivered_at": lambda value: [_at(value)],
    "identity_passed_at": lambda value: [_at(value)],
    "visits": _visits,
    "goods": lambda rows: [f"{units} × {sku}" for sku, units in rows if units],
    "posted": lambda rows: [f"{contents} · {weight} g" for contents, weight in rows],
    "refused": lambda rows: [f"{units} × {sku}: {words(reason)}" for sku, units, reason in rows],
    "identity_checks": lambda rows: [
        f"{_at(at)} · {name} · {_label(IdentityOutcome, outcome)}" for at, outcome, name in rows
    ],
    "photos": lambda rows: [f"{_label(PhotoKind, kind)} {sha256[:12]}" for kind, sha256 in rows],
    "signature_sha256": lambda value: [value[:24] + "…"],
    "cod_fen": lambda value: [display(value)],
    "cod_means": lambda value: [_label(CashMeans, value)],
}
