from datetime import date

from django.core.management.base import BaseCommand, CommandError

from settlement.models import BusinessDay, DayState
from settlement.services.closing import root_before
from settlement.services.sealing import seal_root


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
        self.stdout.write(f"{row.business_date} {root} {'ok' if root == row.seal_root else 'BROKEN'}")
        return root == row.seal_root
