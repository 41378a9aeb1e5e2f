"""Draw the demo range's pictures that are missing; needs no database."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand

from catalog.demo_goods import ITEMS
from catalog.demo_goods.art import draw_missing


class Command(BaseCommand):
    help = "Draw the pictures of the demo range that are not there yet."
    requires_system_checks = []

    def handle(self, *args, **options):
        # Whatever else is being prepared on the machine goes first.
        os.nice(10)
        made = draw_missing(ITEMS, Path(settings.MEDIA_ROOT) / "pictures")
        self.stdout.write(f"{made} picture files drawn")
