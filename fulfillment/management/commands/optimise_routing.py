"""Run the optimiser now, whatever its switches say: `optimise_routing prices` or `reevaluate`."""

import json

from django.core.management.base import BaseCommand

from fulfillment.services.optimiser import reevaluation, shadow_prices
from omnichannel.kernel import clock

JOBS = {"prices": shadow_prices.solve, "reevaluate": reevaluation.reevaluate}


class Command(BaseCommand):
    help = "Solve the shadow prices of the stock, or plan all unanswered orders together, now."

    def add_arguments(self, parser):
        parser.add_argument("job", choices=JOBS)

    def handle(self, *, job, **_options):
        run = JOBS[job](now=clock.now())
        figures = json.dumps(run.figures, sort_keys=True)
        self.stdout.write(
            f"{run.status}: {run.orders} orders, {run.changed} changed, {run.milliseconds} ms {figures}"
        )
