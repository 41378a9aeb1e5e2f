"""Compare levels, movements, goods in transit, reservations and serials; repair levels only when asked."""

from django.core.management.base import BaseCommand, CommandError

from fulfillment.queries import invariants
from fulfillment.queries.stock_totals import totals
from fulfillment.services import repair
from omnichannel.kernel import clock


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--repair", action="store_true", help="set on hand and reserved to what the records add up to"
        )

    def handle(self, *args, **options):
        if options["repair"]:
            repaired = repair.levels()
            for level in repaired:
                self.stdout.write(f"repaired {level}")
            self.stdout.write(f"{len(repaired)} levels repaired")
        for what, rows, units in totals():
            self.stdout.write(f"{what}: {rows} rows, {units} units")
        found = invariants.findings(now=clock.now())
        for finding in found:
            self.stdout.write(
                f"{finding.check}: {finding.subject}: {finding.found}, should be {finding.expected}"
            )
        if found:
            raise CommandError(f"{len(found)} findings; of each kind at most {invariants.SHOW} are listed")
        self.stdout.write(f"{len(invariants.checks())} checks, nothing to report")
