"""Play a month of the demo company and show that its books close."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from omnichannel.demo_day.days import early_morning
from omnichannel.demo_month.controls import table
from omnichannel.demo_month.month import Month
from omnichannel.demo_month.server import serving
from omnichannel.kernel import clock
from omnichannel.management.commands.load_demo import LOADERS
from omnichannel.settled import settle
from settlement.models import BusinessDay


class Command(BaseCommand):
    help = "Play 30 business days in an empty database: orders, nights, statements, transfers, closings."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=30)
        parser.add_argument("--orders", type=int, default=24, help="a day")
        parser.add_argument("--seed", type=int, default=20261121)

    def handle(self, *, days: int, orders: int, seed: int, **options):
        if not settings.DEMO:
            raise CommandError("The month is played only where OMNICHANNEL_DEMO=1.")
        if BusinessDay.objects.exists():
            raise CommandError("The month needs books without a business day: use a database of its own.")
        first = clock.local_day(datetime.now(UTC)) - timedelta(days=days + 2)
        now = early_morning(first)
        clock.simulate(now)
        for loader in LOADERS:
            wanted = {"pictures": False} if loader.__name__ == "catalog.demo" else {}
            loader.load(now=now, **wanted)
        settle()
        with serving() as address:
            month = Month(first=first, days=days, seed=seed, size=orders, base_url=address)
            broken = month.play()
        self._tell(month)
        if broken:
            raise CommandError("The month does not hold together: " + "; ".join(broken))

    def _tell(self, month: Month) -> None:
        for what, count in sorted(month.desk.done.items()):
            self.stdout.write(f"  {what:28} {count}")
        for what, text in month.notes.items():
            self.stdout.write(f"  {what:28} {text}")
        self.stdout.write("\n".join(["", "Control accounts", *table(month.found), ""]))
