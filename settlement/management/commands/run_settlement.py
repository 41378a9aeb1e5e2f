from django.core.management.base import BaseCommand

from omnichannel.kernel import clock
from settlement.services import night


class Command(BaseCommand):
    help = "Bring every business day that is over from its cut-off to netted; again changes nothing."

    def handle(self, **options):
        for day in night.run_due(now=clock.now()):
            self.stdout.write(f"{day} netted")
