"""Examine proofs of delivery: are they, and their pictures, as they were bound?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from fulfillment.models import Evidence
from fulfillment.services import evidence_bundle, evidence_check


class Command(BaseCommand):
    help = "Examine proofs of delivery; names what was altered and ends with 1 when anything was."

    def add_arguments(self, parser):
        parser.add_argument("--parcel", help="only this parcel")
        parser.add_argument("--bundle", type=Path, help="a downloaded proof (ZIP) instead of those we keep")

    def handle(self, *, parcel, bundle=None, **options):
        if bundle:
            return self._examine_file(bundle)
        rows = Evidence.objects.select_related("fulfillment").order_by("pk")
        if parcel:
            rows = rows.filter(fulfillment__code=parcel.strip().upper())
        examined = altered = 0
        for proof in rows.iterator(chunk_size=500):
            examined += 1
            flaws = evidence_check.examine(proof)
            altered += bool(flaws)
            for flaw in flaws:
                where = " ".join(filter(None, [flaw.entry, flaw.detail]))
                self.stdout.write(f"{proof.fulfillment.code}: {flaw.code} {where}".rstrip())
        if parcel and not examined:
            raise CommandError(f"There is no proof of delivery of parcel {parcel}.")
        self.stdout.write(f"{examined} proofs examined, {altered} altered.")
        if altered:
            raise SystemExit(1)

    def _examine_file(self, bundle: Path) -> None:
        try:
            found = evidence_bundle.examine(bundle.read_bytes())
        except (OSError, evidence_bundle.BundleUnreadable) as error:
            raise CommandError(str(error)) from error
        for flaw in found.flaws:
            self.stdout.write(f"{found.parcel}: {flaw.code} {flaw.entry} {flaw.detail}".rstrip())
        self.stdout.write(f"Parcel {found.parcel}: {'altered' if found.flaws else 'as it was bound'}.")
        if found.flaws:
            raise SystemExit(1)
