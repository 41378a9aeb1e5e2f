"""Missing or damaged, and how many: asked at the bin, on the wall and at the packing table. Esc leaves."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.queries import offerings
from fulfillment.models import ClaimState, FulfillmentLine, SerialClaim
from fulfillment.services import short_doors
from fulfillment.services.shortage import DAMAGED, MISSING, REASONS, Report, UnitsWrong
from fulfillment.views.stations.base import Prompt, Scan, Verdict

KEY = "M"


def command() -> tuple[str, str]:
    return (KEY, _("missing or damaged"))


def asks(hidden: dict) -> bool:
    return hidden.get("short") in REASONS


def leave(hidden: dict) -> dict:
    return {name: value for name, value in hidden.items() if name not in ("short", "line")}


def is_back(scan: Scan) -> bool:
    return scan.command == "X"


def back(scan: Scan):
    return Verdict("wait", _("Nothing was reported.")), leave(scan.hidden)


def turned(scan: Scan) -> dict | None:
    """The other reason was chosen."""
    reason = {"D": DAMAGED, "M": MISSING}.get(scan.command)
    return scan.hidden | {"short": reason} if reason else None


def line_prompt(line: FulfillmentLine, hidden: dict) -> Prompt:
    """How many good pieces of a line are there."""
    label = _label(line)
    scanned = SerialClaim.objects.filter(line=line, state=ClaimState.LIVE).count()
    facts = ((_("Needed here"), f"{line.quantity} × {label}"), (_("Parcel"), line.fulfillment.code))
    if scanned:
        facts += ((_("Scanned already"), f"{scanned}"),)
    limits = {"least": scanned, "most": line.quantity}
    return Prompt(
        step=_step(hidden),
        action=_("How many are there?") if hidden["short"] == MISSING else _("How many good ones?"),
        target=label,
        placeholder=_("A number from %(least)s to %(most)s") % limits,
        hidden=hidden | {"line": line.pk},
        facts=facts,
        commands=_commands(hidden),
        may_undo=False,
    )


def device_prompt(line: FulfillmentLine, hidden: dict) -> Prompt:
    """A damaged device is named by its serial."""
    return Prompt(
        step=_step(hidden),
        action=_("Scan the damaged piece"),
        target=_label(line),
        placeholder=_("Scan the serial number"),
        hidden=hidden,
        facts=((_("Parcel"), line.fulfillment.code),),
        commands=_commands(hidden),
        may_undo=False,
    )


def which_prompt(hidden: dict, contents=()) -> Prompt:
    """Which article lacks, of several; the devices of a parcel are named by their serials."""
    return Prompt(
        step=_step(hidden),
        action=_("What lacks?"),
        target=hidden.get("parcel", ""),
        placeholder=_("Product or serial number"),
        hidden=hidden,
        facts=tuple((line.label, ", ".join(line.serials) or line.sku) for line in contents),
        commands=_commands(hidden),
        may_undo=False,
    )


def _step(hidden: dict) -> str:
    return _("Missing") if hidden["short"] == MISSING else _("Damaged")


def _commands(hidden: dict) -> tuple[tuple[str, str], ...]:
    other = ("D", _("it is there, but damaged")) if hidden["short"] == MISSING else ("M", _("it is missing"))
    return (other, ("X", _("back, nothing is reported")))


def _label(line: FulfillmentLine) -> str:
    known = offerings.by_sku([line.sku])
    return known[line.sku].label if line.sku in known else line.sku


def number(text: str, line: FulfillmentLine) -> int:
    """The pieces that were counted. Raises UnitsWrong for what is no number."""
    if not text.isdecimal() or len(text) > 4:
        raise UnitsWrong(field="units", sku=line.sku, least=0, most=line.quantity)
    return int(text)


def here(hidden: dict, location_id: int) -> FulfillmentLine | None:
    """The line that was named before."""
    rows = FulfillmentLine.objects.select_related("fulfillment").filter(fulfillment__location_id=location_id)
    return rows.filter(pk=int(hidden.get("line") or 0)).first()


def done(report: Report) -> Verdict:
    units = sum(line.quantity for line in report.short.lines.all())
    if not report.goes_on:
        text = _("Reported. Another location is being found.")
        return Verdict(
            "ok", text, more=_("Put back what you took of %(parcel)s.") % {"parcel": report.parcel.code}
        )
    text = ngettext(
        "Reported: %(count)s piece is sent from elsewhere. The rest goes on.",
        "Reported: %(count)s pieces are sent from elsewhere. The rest goes on.",
        units,
    )
    return Verdict("ok", text % {"count": units}, more=report.parcel.code)


def scan_after_pick(station: str, scan: Scan, parcel_code: str = ""):
    """What was typed while something lacks on the wall or at the table: which, how many, or Esc."""
    if is_back(scan):
        return back(scan)
    if other := turned(scan):
        return Verdict("wait", _step(other)), other
    line = here(scan.hidden, scan.location_id)
    if line is not None and not line.serial_kind:
        return _tell(station, scan, line, there=number(scan.text, line))
    line, serial = short_doors.line_of(scan.text, location_id=scan.location_id, parcel_code=parcel_code)
    if serial or line.serial_kind:
        return _tell(station, scan, line, serial=serial)
    return Verdict("wait", _("How many are there?"), more=line.sku), scan.hidden | {"line": str(line.pk)}


def _tell(station: str, scan: Scan, line: FulfillmentLine, **more):
    report = short_doors.report(
        station=station, line_id=line.pk, reason=scan.hidden["short"], **more, **scan.where
    )
    return done(report), {}
