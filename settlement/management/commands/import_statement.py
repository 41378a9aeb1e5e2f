import json
import time
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from members.actors import SYSTEM
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display
from settlement.services.reconciliation import accounts, importing
from settlement.simulator.day import MANIFEST


class Command(BaseCommand):
    help = (
        "Load a statement (WeChat Pay, Alipay, UnionPay, bank, courier) and compare it with the books; or all"
        " files of a folder that write_statements made."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument("--source", choices=("wechat", "alipay", "unionpay", "bank", "cod"))
        parser.add_argument("--number", help="our account number there")
        parser.add_argument("--day", type=date.fromisoformat, help="the day of the statement")
        parser.add_argument("--rows", type=int, help="control total, for formats without their own")
        parser.add_argument("--sum-fen", type=int, help="control total, for formats without their own")
        parser.add_argument("--sha1", default="", help="what the provider announced of the file")

    def handle(self, *, path: Path, **options):
        if path.is_dir():
            told = json.loads((path / MANIFEST).read_text("utf-8"))
            for file in told["files"]:
                self._one(path / file.pop("name"), day=date.fromisoformat(told["day"]), sha1="", **file)
            return
        wanted = ("source", "number", "day")
        if missing := [f"--{name}" for name in wanted if not options[name]]:
            raise CommandError(f"A single file needs {', '.join(missing)}.")
        self._one(path, **{name: options[name] for name in (*wanted, "rows", "sum_fen", "sha1")})

    def _one(self, path: Path, *, source: str, number: str, **wanted) -> None:
        begun = time.perf_counter()
        try:
            batch = importing.import_bill(
                actor=SYSTEM,
                now=clock.now(),
                account_id=accounts.account_by_number(source=source, number=number).pk,
                content=path.read_bytes(),
                file_name=path.name,
                progress=self._step,
                **wanted,
            )
        except OSError as error:
            raise CommandError(f"file_missing: {path}") from error
        except DomainError as error:
            raise CommandError(f"{error.code}: {path.name}: {error}") from error
        seconds = max(time.perf_counter() - begun, 0.001)
        self.stdout.write(
            f"{path.name}: {batch.theirs_count} rows, {batch.matched_count} matched,"
            f" {display(batch.theirs_fen)} against {display(batch.ours_fen)}, {batch.state},"
            f" {batch.theirs_count / seconds:,.0f} rows/s"
        )

    def _step(self, name: str) -> None:
        self.stderr.write(f"  {name} …")
