"""Routing: what it costs against the linear program's bound, how fast it is, what planning together saves.

    make bench-routing            20 instances × 2 runs, 20 seeds × 4 stocks; some fifteen minutes
    make bench-routing QUICK=1    fewer of each, under a minute

Drives the product: its planner, its linear and its mixed-integer program, its whole routing on a database.
Prints what it does and as its last line RESULT {json}.
"""

import importlib
import json
import os
import statistics
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

from benchmarks import routing_batch, routing_online
from benchmarks.scratch import scratch_database
from benchmarks.support import QUICK, SEED, headline, result

INSTANCES, RUNS = (2, 1) if QUICK else (20, 2)
BATCH_SEEDS = 3 if QUICK else 20
ORDERS, ROUNDS, PLANS = (60, 3, 200) if QUICK else (420, 3, 2000)
WIDE = 5 if QUICK else 15


def orders() -> dict[str, float]:
    with scratch_database("routing"):
        wide = importlib.import_module("benchmarks.routing_wide").measure(rounds=WIDE)
        found = importlib.import_module("benchmarks.routing_orders")
        return wide | found.measure(SEED, orders=ORDERS, rounds=ROUNDS, plans=PLANS)


def in_a_process() -> dict[str, float]:
    """The database part sets Django up, which belongs to a process of its own."""
    command = [sys.executable, "-m", "benchmarks.routing", "orders"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    print(
        f"An order, twelve candidates: {found['plan_ms_median']} ms of CPU, 95 %: {found['plan_ms_p95']} ms\n"
        f"Whole routings of one worker: {found['orders_per_s']} a second; four times the orders take "
        f"{found['growth']} times as long\n"
        f"Places of one order where {found['wide_stores']:,} stores have the article: {found['wide_ms']} ms,"
        f" the nearest {found['wide_asked']} asked; {found['wide_all_ms']} ms with all asked\n",
        flush=True,
    )
    return found


def online(pool: ProcessPoolExecutor) -> dict[str, float]:
    pairs = [(number, run) for number in range(INSTANCES) for run in range(RUNS)]
    rows = list(pool.map(routing_online.ratios, *zip(*pairs, strict=True)))
    print(f"Online, cost ÷ bound, mean of {INSTANCES} × {RUNS} runs of {routing_online.ARRIVALS:,} arrivals:")
    means = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        means[name] = statistics.mean(values)
        spread = statistics.stdev(values) if len(values) > 1 else 0.0
        print(
            f"  {name:10} {means[name]:.4f}  (deviation {spread:.4f}, {min(values):.4f} to {max(values):.4f})"
        )
    print(flush=True)
    return {f"online_{name}": round(value, 4) for name, value in means.items()}


def batches(pool: ProcessPoolExecutor) -> dict:
    factors = routing_batch.STOCK_FACTORS
    pairs = [(seed, factor) for factor in factors for seed in range(BATCH_SEEDS)]
    found = dict(zip(pairs, pool.map(routing_batch.batch, *zip(*pairs, strict=True)), strict=True))
    print(f"Batch, {routing_batch.ORDERS} orders, mean of {BATCH_SEEDS} seeds:")
    print(
        "  stock ÷ demand   one by one ÷ together   extra packages removed   (of the plain)   proven  longest"
    )
    removed, ratios = [], []
    for factor in factors:
        rows = [found[seed, factor] for seed in range(BATCH_SEEDS)]
        ratios.append(statistics.mean(row.one_by_one / row.together for row in rows))
        removed.append(statistics.mean(row.removed for row in rows))
        plain = statistics.mean(row.removed_of_plain for row in rows)
        print(
            f"  {factor:<14} {ratios[-1]:>14.3f} {removed[-1]:>23.1%} {plain:>22.1%}"
            f" {sum(row.proven for row in rows):>9}/{len(rows)} {max(row.seconds for row in rows):>7.2f} s"
        )
    print(flush=True)
    return {
        "batch_proven": all(row.proven for row in found.values()),
        "batch_removed_min": round(min(removed), 3),
        "batch_ratio_max": round(max(ratios), 3),
        "batch_seconds_max": round(max(row.seconds for row in found.values()), 2),
    }


def main() -> None:
    if sys.argv[1:] == ["orders"]:
        print(json.dumps(orders()))
        return
    headline("Routing")
    figures = in_a_process()
    with ProcessPoolExecutor(min(2, len(os.sched_getaffinity(0)))) as pool:
        figures |= online(pool) | batches(pool)
    result(figures)


if __name__ == "__main__":
    main()
