"""One hot SKU, thousands of cold ones, serial units: how many reservations a second, and none too many.

    make bench-stock            1, 8, 32 and 64 clients, three rounds; of eight clients five
    make bench-stock QUICK=1    one short round; of eight clients two

Clients are processes with a connection each; every reservation is a transaction of its own through our
service (demand, reservation row, guarded level), durable. In the same run, in turns with ours, pgbench
updates one row with the same condition and nothing else. Prints as its last line RESULT {json}.
"""

from statistics import median

from benchmarks.scratch import scratch_database
from benchmarks.support import QUICK, SEED, headline, result

CLIENTS = (1, 8, 32, 64)
ROUNDS, SECONDS, WARM = (1, 1.1, 0.5) if QUICK else (3, 5, 2.5)
MORE_OF_EIGHT = 1 if QUICK else 2  # rounds: the ratios are those of eight clients


def main() -> None:
    headline("Stock under load")
    with scratch_database("stock"):
        from benchmarks.stock_runs import Runs

        runs = Runs(seed=SEED, seconds=SECONDS, warm=WARM)
        figures = hot(runs) | runs.orders() | runs.cold() | runs.serials() | runs.mixed()
        figures |= {"oversold": runs.oversold, "deadlocks": runs.deadlocks()}
        print(runs.foreign(), flush=True)
    result(figures)


def hot(runs) -> dict:
    """Reservations per second by number of clients, and our share of the raw row's with eight."""
    seen: dict[tuple[str, int], list[float]] = {}
    for turn in range(ROUNDS + MORE_OF_EIGHT):
        for clients in CLIENTS if turn < ROUNDS else (8,):
            for name, run in (("raw", runs.raw), ("hot", runs.plain), ("bucketed", runs.bucketed)):
                seen.setdefault((name, clients), []).append(run(clients))
                print(f"{name:>9} {clients:>3} clients {seen[name, clients][-1]:8.0f}/s", flush=True)
    figures = {f"{name}_per_s_{clients}": round(median(rates)) for (name, clients), rates in seen.items()}
    for name in ("hot", "bucketed"):
        ratios = [ours / raw for ours, raw in zip(seen[name, 8], seen["raw", 8], strict=True)]
        figures[f"{name}_ratio_8"] = round(median(ratios), 2)
        print(f"{name} beside raw, 8 clients: {', '.join(f'{ratio:.2f}' for ratio in ratios)}", flush=True)
    return figures


if __name__ == "__main__":
    main()
