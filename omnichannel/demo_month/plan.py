"""What goes wrong on which day of the month; a function of the number of days alone."""

from dataclasses import dataclass

# Days at the end that stay quiet, so that what waits for its other side is found before the month is over.
QUIET = 4


@dataclass(frozen=True)
class Trouble:
    """owls: payments shortly before midnight whose news comes after it. sown: errors in the statements.

    supply: a dealer orders; shared: a customer orders more than any one place can send.
    """

    number: int
    owls: int = 0
    returns: int = 0
    sown: bool = False
    bank_fails: int = 0
    bank_unknown: int = 0
    killed: bool = False
    supply: bool = False
    shared: bool = False


def trouble(number: int, days: int) -> Trouble:
    """Of the day with this number, counted from 0."""
    busy = number < max(1, days - QUIET)
    return Trouble(
        number=number,
        owls=2 if number % 5 == 1 and number < days - 1 else 0,
        returns=3 if number % 4 == 2 else 0,
        sown=busy and number % 6 == 0,
        bank_fails=int(number == days // 4),
        bank_unknown=int(number == days // 2 and busy),
        killed=number == days // 3,
        supply=busy and number % 7 == 0,
        shared=busy and number % 10 == 0,
    )
