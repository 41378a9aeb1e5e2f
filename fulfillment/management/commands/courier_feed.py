"""Open a courier company's feed, or give it a new secret: printed once, kept sealed."""

from django.core.management.base import BaseCommand, CommandError

from fulfillment.services import feed_signatures
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Give a courier company a new secret for POST /api/v1/courier-events; the old one ends at once."

    def add_arguments(self, parser):
        parser.add_argument("courier", help="code of the courier company")

    def handle(self, *, courier: str, **options):
        try:
            secret = feed_signatures.new_secret(courier_code=courier, now=clock.now())
        except DomainError as refusal:
            raise CommandError(f"{refusal.code}: {refusal}")
        self.stdout.write(secret)
