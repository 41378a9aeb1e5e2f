import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display
from settlement.services.till_import import import_store_sales


class Command(BaseCommand):
    help = "Load a retail chain's till export (CSV, see docs/till-import.md) as offline sales."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument("--chain", default="ch-demo", help="code of the chain's institution")
        parser.add_argument("--show-rejects", type=int, default=20, metavar="N")

    def handle(self, *, path: Path, chain: str, show_rejects: int, **options):
        begun = time.perf_counter()
        try:
            batch = import_store_sales(path=path, chain_code=chain, now=clock.now(), progress=self.step)
        except DomainError as error:
            raise CommandError(f"{error.code}: {error}") from error
        seconds = time.perf_counter() - begun
        for reject in batch.rejects.all()[:show_rejects]:
            self.stderr.write(f"line {reject.line_number}: {reject.reason}: {reject.content[:100]}")
        self.stdout.write(
            f"{batch.lines_read} lines read, {batch.lines_loaded} loaded in {batch.sales_loaded} sales, "
            f"{batch.lines_known} known before, {batch.lines_rejected} set aside; "
            f"{display(batch.amount_fen)}; {batch.lines_read / max(seconds, 0.001):,.0f} rows/s"
        )

    def step(self, name: str) -> None:
        self.stdout.write(f"  {name} …")
        self.stdout.flush()
