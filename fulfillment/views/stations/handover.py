import re
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fulfillment.models import Manifest
from fulfillment.queries import stations
from fulfillment.services import handover
from fulfillment.views.stations.base import Prompt, Scan, Station, Verdict, idle

MANIFEST = re.compile(r"M\d{4,}")


class HandOver(Station):
    name = "handover"
    can_undo = True

    def title(self):
        return _("Hand over")

    def prompt(self, location_id, hidden, actor):
        if hidden.get("missing"):
            return self._missing_prompt(hidden)
        if hidden.get("signs"):
            return self._name_prompt(location_id, hidden)
        first = self.queue(location_id, actor).first
        open_ones = stations.open_manifests(location_id)
        commands = (("C", _("the courier has signed: close the manifest")),) if open_ones else ()
        if not first:
            return idle(_("No parcel waits at the ramp"), commands=commands, hidden=hidden)
        return Prompt(
            step=_("Next parcel"),
            action=_("To the ramp"),
            target=first[0][0],
            placeholder=_("Scan the label"),
            hidden={"manifest": hidden.get("manifest", "")},
            commands=commands,
        )

    def _missing_prompt(self, hidden: dict) -> Prompt:
        return Prompt(
            step=_("Packed for this courier"),
            action=_("Not scanned"),
            target=hidden["missing"],
            placeholder=_("Scan the label"),
            hidden=hidden,
            commands=(("Y", _("close without them")), ("X", _("keep the manifest open"))),
        )

    def _name_prompt(self, location_id: int, hidden: dict) -> Prompt:
        """Whose signature stands on the paper."""
        rows = [row for row in stations.open_manifests(location_id) if str(row.pk) == hidden["signs"]]
        courier = rows[0].courier.label if rows else ""
        return Prompt(
            step=rows[0].code if rows else "",
            action=_("Who signs?"),
            target=_("%(courier)s: the name of the person who takes the parcels") % {"courier": courier},
            placeholder=_("Type the name, then Enter"),
            hidden=hidden,
            commands=(("X", _("keep the manifest open")),),
            may_undo=False,
        )

    def scan(self, scan: Scan):
        if scan.command == "X":
            return Verdict("wait", _("The manifest stays open.")), {}
        if scan.command == "C" or MANIFEST.fullmatch(scan.command):
            chosen = handover.to_close(manifest_id=self._chosen(scan), **scan.where)
            text = _("Who signs for %(courier)s?") % {"courier": chosen.courier.label}
            return Verdict("wait", text, more=chosen.code), {"signs": str(chosen.pk)}
        if scan.command == "Y" and scan.hidden.get("missing"):
            return self._close(scan, int(scan.hidden["manifest"]), without_missing=True)
        if scan.hidden.get("signs") and not scan.hidden.get("missing"):
            named = replace(scan, hidden=scan.hidden | {"signer": handover.must_be_a_name(scan.text)})
            return self._close(named, int(scan.hidden["signs"]))
        manifest = handover.scan(code=scan.text, **scan.where)
        more = f"{manifest.code} · {_count(manifest)}"
        return self._put(scan, manifest, more), {"manifest": str(manifest.pk)}

    def _put(self, scan: Scan, manifest: Manifest, more: str) -> Verdict:
        """Said aloud where it belongs to another courier than the parcel before."""
        last = scan.hidden.get("manifest", "")
        still_open = {str(each.pk) for each in stations.open_manifests(scan.location_id)}
        if last in still_open - {str(manifest.pk)}:
            text = _("Another courier: → %(courier)s") % {"courier": manifest.courier.label}
            return Verdict("wait", text, more=more)
        return Verdict("ok", f"→ {manifest.courier.label}", more=more)

    def _chosen(self, scan: Scan) -> int:
        """The manifest that was scanned, that parcels were last put on, or the only one there is."""
        if scan.command != "C":
            return int(scan.command[1:])
        open_ones = stations.open_manifests(scan.location_id)
        last = scan.hidden.get("manifest", "")
        if last in {str(manifest.pk) for manifest in open_ones}:
            return int(last)
        if len(open_ones) != 1:
            raise handover.WhichManifest()
        return open_ones[0].pk

    def _close(self, scan: Scan, pk: int, *, without_missing: bool = False):
        signer = scan.hidden.get("signer", "")
        manifest = handover.close(
            manifest_id=pk, without_missing=without_missing, received_by=signer, **scan.where
        )
        url = reverse("fulfillment:manifest", args=[manifest.pk])
        text = _("Manifest %(manifest)s is closed") % {"manifest": manifest.code}
        print_label = _("Print the manifest")
        return Verdict("ok", text, more=_count(manifest), print_url=url, print_label=print_label), {}

    def after_refusal(self, error, scan):
        if error.code == "parcels_missing":
            signer = scan.hidden.get("signer") or scan.text
            return {
                "missing": error.facts["parcels"],
                "manifest": str(error.facts["manifest"]),
                "signer": signer,
            }
        return scan.hidden

    def queue(self, location_id, actor):
        return stations.handovers(location_id)

    def side(self, location_id):
        return {"manifests": stations.open_manifests(location_id)}


def _count(manifest: Manifest) -> str:
    text = ngettext("%(count)s parcel", "%(count)s parcels", manifest.parcels)
    return text % {"count": manifest.parcels}
