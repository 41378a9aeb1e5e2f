from django.core.management.base import BaseCommand, CommandError

from settlement.queries import invariants


class Command(BaseCommand):
    help = "Check every promise of the ledger; fails with what does not hold."

    def handle(self, **options):
        broken = invariants.broken()
        for check, what in broken:
            self.stderr.write(f"{check}: {what}")
        if broken:
            raise CommandError(f"{len(broken)} violations")
        self.stdout.write(f"{len(invariants.CHECKS)} checks hold")
