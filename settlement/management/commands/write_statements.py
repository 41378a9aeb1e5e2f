from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from omnichannel.kernel import clock
from settlement import demo_statements
from settlement.services.business_day import business_day_of
from settlement.simulator import day as demo_day


class Command(BaseCommand):
    help = "Write a demo day's statements in the providers' formats, with errors sown in (--clean: without)."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--day", type=date.fromisoformat, help="default: the business day before today")
        parser.add_argument("--seed", type=int, default=20261121)
        parser.add_argument("--clean", action="store_true", help="sow no errors in")

    def handle(self, *, folder: Path, day: date | None, seed: int, clean: bool, **options):
        if not settings.DEMO:
            raise CommandError("Statements are simulated only where OMNICHANNEL_DEMO=1.")
        now = clock.now()
        day = day or business_day_of(now) - timedelta(days=1)
        demo_statements.load(now=now, begins_on=day)
        made = demo_day.statements(day=day, numbers=demo_statements.numbers(), seed=None if clean else seed)
        demo_day.write(made, day=day, folder=folder)
        for file in (*made.files, *made.others):
            self.stdout.write(f"{file.name}  {len(file.content):,} bytes")
        self.stdout.write(f"{len(made.sown)} errors sown, listed in {demo_day.MANIFEST}")
