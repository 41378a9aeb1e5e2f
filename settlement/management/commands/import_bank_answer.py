from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from members.actors import SYSTEM
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display
from settlement.services import bank_answers


class Command(BaseCommand):
    help = "Take in the bank's answer to a transfer file (our CSV, or ISO 20022 pain.002)."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)

    def handle(self, *, path: Path, **options):
        try:
            made = bank_answers.import_answer(
                actor=SYSTEM, content=path.read_bytes(), file_name=path.name, now=clock.now()
            )
        except OSError as error:
            raise CommandError(f"file_missing: {path}") from error
        except DomainError as error:
            raise CommandError(f"{error.code}: {path.name}: {error}") from error
        self.stdout.write(f"{path.name}: {made.rows} rows, {display(made.amount_fen)}, for {made.file.name}")
