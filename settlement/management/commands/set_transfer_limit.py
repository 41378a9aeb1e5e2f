from datetime import date

from django.core.management.base import BaseCommand, CommandError

from members.actors import SYSTEM
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import fen
from settlement.services import transfer_limits


class Command(BaseCommand):
    help = "Set what finance leads may confirm from a day on, in yuan; a person's own is set on the page."

    def add_arguments(self, parser):
        parser.add_argument("--most", required=True, help="largest transfer")
        parser.add_argument("--daily", required=True, help="sum of a person and day")
        parser.add_argument("--two-above", required=True, help="above it two people confirm")
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, default=None)
        parser.add_argument("--note", default="")

    def handle(self, *, most, daily, two_above, valid_from, note, **options):
        try:
            amounts = [fen(text) for text in (most, daily, two_above)]
        except (ValueError, ArithmeticError) as error:
            raise CommandError("amount_invalid: write amounts in yuan, as 1000000.00") from error
        try:
            made = transfer_limits.set_limit(
                actor=SYSTEM, most_fen=amounts[0], daily_fen=amounts[1], two_above_fen=amounts[2],
                valid_from=valid_from or clock.today(), note=note, now=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            raise CommandError(f"{error.code}: {error}") from error
        self.stdout.write(f"leads from {made.valid_from}: {most} each, {daily} a day, two above {two_above}")
