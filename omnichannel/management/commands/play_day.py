"""Play one business day of the demo company and print its clearing report."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from omnichannel.demo_day.days import day_to_play
from omnichannel.demo_day.night import NightFailed
from omnichannel.demo_day.player import Player
from omnichannel.demo_day.summary import summary
from omnichannel.demo_day.workers import OutboxStuck
from omnichannel.settled import settle


class Command(BaseCommand):
    help = "Play a business day through web, clerk and API, settle it, check it and print the report."

    def add_arguments(self, parser):
        parser.add_argument("--orders", type=int, default=1000, help="how many orders the script holds")
        parser.add_argument("--seed", type=int, default=20261121)
        parser.add_argument("--inline", action="store_true", help="consume messages here, without workers")
        parser.add_argument(
            "--worker-pid", type=int, default=None, help="the Celery worker to lose a process"
        )

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The demo day is played only where OMNICHANNEL_DEMO=1.")
        player = Player(
            day=day_to_play(),
            seed=options["seed"],
            size=options["orders"],
            base_url=settings.PUBLIC_URL,
            inline=options["inline"],
            worker_pid=options["worker_pid"],
        )
        settle()
        try:
            played = player.play()
        except (OutboxStuck, NightFailed) as error:
            raise CommandError(f"The day stopped: {error} Run it again to go on.") from error
        self.stdout.write(summary(played))
        if played.notes.get("breaches"):
            raise CommandError("The day does not hold together: " + "; ".join(played.notes["breaches"]))
