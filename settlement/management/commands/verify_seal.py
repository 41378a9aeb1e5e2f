from datetime import date

from django.core.management.base import BaseCommand, CommandError

from settlement.models import BusinessDay, DayState
from settlement.services.sealing import broken_blocks, root_before, seal_root


class Command(BaseCommand):
    help = "Recompute the seal of one business day, or of all sealed days, and compare."

    def add_arguments(self, parser):
        parser.add_argument("day", nargs="?", type=date.fromisoformat)

    def handle(self, *, day: date | None, **options):
        days = BusinessDay.objects.filter(state=DayState.SEALED).order_by("business_date")
        if day is not None:
            days = days.filter(business_date=day)
        wrong = [row for row in days if not self._holds(row)]
        if wrong:
            raise CommandError(f"broken: {', '.join(map(str, wrong))}")

    def _holds(self, row: BusinessDay) -> bool:
        root = seal_root(day=row.business_date, before=root_before(row.business_date))
        holds = root == row.seal_root
        self.stdout.write(f"{row.business_date} {root} {'ok' if holds else 'BROKEN'}")
        if not holds:
            blocks = broken_blocks(row.business_date)
            self.stderr.write(f"{row.business_date} blocks: {blocks or 'not known'}")
        return holds
