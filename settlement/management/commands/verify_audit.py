from django.core.management.base import BaseCommand, CommandError

from settlement.queries import audit_trail


class Command(BaseCommand):
    help = "Reckon the chain of the audit trail anew; fails with the numbers that do not follow."

    def handle(self, **options):
        found, head = audit_trail.verify(), audit_trail.head()
        if found.broken:
            raise CommandError(f"the chain breaks at {', '.join(map(str, found.broken))}")
        latest = f"; the last is {head.number} {head.hash}" if head else ""
        self.stdout.write(f"{found.entries} entries, unchanged and without a gap{latest}")
