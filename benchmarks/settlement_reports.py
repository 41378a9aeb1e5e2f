"""What finance waits for when it reads a night of a million trades.

    make bench-settlement-reports            1,000,000 trades in one day
    make bench-settlement-reports QUICK=1    20,000

Fills a database, runs the night with two workers, and asks for every report page, the shares as CSV and the
comparison of two rule versions over the last month (benchmarks/settlement_reading.py). Prints as its last
line RESULT {json}.
"""

from benchmarks.settlement import copy_of, filled, night, tell
from benchmarks.support import QUICK, headline, result

TRADES = 20_000 if QUICK else 1_000_000


def main() -> None:
    headline("Reading a night of finance")
    with filled(TRADES) as template, copy_of(template) as name:
        run = night(name, workers=2)
        print(f"the night with two workers: {run['whole']:.0f} s", flush=True)
        told = tell("benchmarks.settlement_reading", name, DJANGO_SETTINGS_MODULE="benchmarks.shop_settings")
    for page, figures in told["pages"].items():
        print(f"  {page:32} {figures['seconds']:8.3f} s  {figures['queries']:3} queries")
    slowest = max(told["pages"], key=lambda page: told["pages"][page]["seconds"])
    print(f"  slowest: {slowest}")
    result({"trades": TRADES, **told})


if __name__ == "__main__":
    main()
