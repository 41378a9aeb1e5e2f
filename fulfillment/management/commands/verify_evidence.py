"""Examine proofs of delivery: are they, and their pictures, as they were bound?"""

from django.core.management.base import BaseCommand, CommandError

from fulfillment.models import Evidence
from fulfillment.services import evidence_check


class Command(BaseCommand):
    help = "Examine proofs of delivery; names what was altered and ends with 1 when anything was."

    def add_arguments(self, parser):
        parser.add_argument("--parcel", help="only this parcel")

    def handle(self, *, parcel, **options):
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
