"""The night at a million trades: time and memory by stage, beside unguarded tables, rows one by one, hordak.

    make bench-settlement            100,000, 1,000,000 and 2,000,000 trades
    make bench-settlement QUICK=1    20,000 and 40,000

The trades come from benchmarks/settlement_trades.py, about five shares each. A night is what workers do:
cut off, clear, balance, net, report and seal; each size is run by one worker, the middle one by two as
well. Prints as its last line RESULT {json}.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from benchmarks import settlement_hordak
from benchmarks.settlement_memory import Watch
from benchmarks.support import BENCH, QUICK, SEED, headline, process, result
from tests.support import databases

SMALL, MIDDLE, LARGE = (None, 20_000, 40_000) if QUICK else (100_000, 1_000_000, 2_000_000)
ROWWISE = 1_000 if QUICK else 10_000
HORDAK_ROWS, HORDAK_LEGS = (2_000, 6) if QUICK else (20_000, 6)
# Ten chunks and more, so that two workers have something to share.
CHUNK_ROWS = "2000" if QUICK else ""
WITHIN = [sys.executable, "-m", "benchmarks.within_django"]


def environment(name: str, *, owner: bool) -> dict[str, str]:
    address = databases.owner_url(name) if owner else databases.renamed(os.environ["DATABASE_URL"], name)
    return {"DATABASE_URL": address, "DATABASE_OWNER_URL": databases.owner_url(name), "SEED": str(SEED),
            "CHUNK_ROWS": CHUNK_ROWS, "DJANGO_SETTINGS_MODULE": "omnichannel.settings"}  # fmt: skip


def tell(module: str, name: str, **more: str) -> dict:
    """Run a module within Django as the owner; its last line of JSON."""
    variables = os.environ | environment(name, owner=True) | more
    done = subprocess.run([*WITHIN, module], env=variables, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def filled(trades: int) -> Iterator[str]:
    """A database with so many booked trades, kept as a template for the runs."""
    name = f"oc_bench_night_{trades}"
    databases.clone(name, databases.ensure_template())
    try:
        made = tell("benchmarks.settlement_trades", name, TRADES=str(trades))
        print(f"{made:,} trades booked", flush=True)
        yield name
    finally:
        databases.drop(name)


@contextmanager
def copy_of(template: str) -> Iterator[str]:
    name = f"{template}_run"
    databases.clone(name, template)
    try:
        yield name
    finally:
        databases.drop(name)


def night(name: str, *, workers: int) -> dict:
    """Let workers run the night; whole and stages in seconds, peak memory in MB."""
    stage = BENCH / "night.stage"
    stage.write_text("begin")
    with ExitStack() as stack:
        started = []
        for number in range(workers):
            own = {"LEADS": "1" if number == 0 else "0", "STAGE_FILE": str(stage)}
            variables = environment(name, owner=False) | own
            started.append(stack.enter_context(process(
                [*WITHIN, "benchmarks.settlement_night"], environment=variables, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True,
            )))  # fmt: skip
        for child in started:
            child.stdout.readline()
        pids = [child.pid for child in started]
        with Watch(database_url=databases.owner_url(name), pids=pids, stage=stage) as watch:
            for child in started:
                child.stdin.write("\n")
                child.stdin.flush()
            told = json.loads(started[0].stdout.readline())
    return told | {"peak": watch.peak, "peaks": watch.peaks}


def show(title: str, run: dict, trades: int) -> None:
    each = f"{run['whole'] / trades * 1e6:,.0f} µs a trade"
    print(f"{title}: {run['whole']:.1f} s, {each}, peak {run['peak']:.0f} MB", flush=True)
    for name, seconds in run["stages"].items():
        peak = run["peaks"].get(name)
        print(f"    {name:8} {seconds:8.2f} s" + (f"  {peak:5.0f} MB" if peak else ""), flush=True)


def middle(figures: dict) -> dict:
    """One worker and two, and the same rows without guards; returns the single worker's run."""
    with filled(MIDDLE) as template:
        with copy_of(template) as name:
            one = night(name, workers=1)
            show(f"{MIDDLE:,} trades, one worker", one, MIDDLE)
            bare = tell("benchmarks.settlement_bare", name)
        with copy_of(template) as name:
            two = night(name, workers=2)
            show(f"{MIDDLE:,} trades, two workers", two, MIDDLE)
    counts = bare["counts"]
    unguarded = bare["shares"] + bare["postings"]
    print(
        f"{counts['shares']:,} shares ({counts['shares'] / counts['trades']:.2f} a trade), "
        f"{counts['of_clearing']:,} postings of clearing; the same rows into tables with the same indexes "
        f"and foreign keys: {bare['shares']:.1f} + {bare['postings']:.1f} s; into bare tables: "
        f"{bare['bare']:.1f} s", flush=True,
    )  # fmt: skip
    figures |= {
        "night_seconds": one["whole"],
        "unguarded_seconds": round(unguarded, 2),
        "bare_seconds": round(bare["bare"], 2),
        "night_ratio": round(one["whole"] / unguarded, 2),
        "two_workers": round(two["whole"] / one["whole"], 2),
        "shares_per_trade": round(counts["shares"] / counts["trades"], 2),
    }
    return one


def sizes(figures: dict, one: dict) -> None:
    """The small and the large day beside the middle one."""
    for trades in filter(None, (SMALL, LARGE)):
        with filled(trades) as template, copy_of(template) as name:
            run = night(name, workers=1)
            show(f"{trades:,} trades, one worker", run, trades)
    figures |= {
        "growth": round(run["whole"] / one["whole"], 2),
        "peak_mb": round(one["peak"]),
        "peak_mb_growth": round(run["peak"] / one["peak"], 2),
    }


def others(figures: dict, per_trade: float) -> None:
    """Rows one by one, and django-hordak."""
    with filled(ROWWISE) as name:
        ours = tell("benchmarks.settlement_rowwise", name, MEASURE="rowwise", ROWS=str(ROWWISE))
        bulk = tell("benchmarks.settlement_rowwise", name, MEASURE="copied", ROWS=str(HORDAK_ROWS))
    peer = settlement_hordak.legs_per_second(rows=HORDAK_ROWS, legs=HORDAK_LEGS)
    one_by_one = ours["seconds_per_trade"]
    print(f"one ORM transaction per trade: {one_by_one * 1e6:,.0f} µs; ours: {per_trade * 1e6:,.0f} µs")
    print(f"legs a second in bulk: ours {bulk['legs_per_second']:,.0f}, hordak {peer:,.0f}", flush=True)
    figures |= {
        "per_row_ratio": round(one_by_one / per_trade, 1),
        "hordak_ratio": round(bulk["legs_per_second"] / peer, 1),
    }


def main() -> None:
    headline("The settlement night")
    figures: dict = {"trades": MIDDLE}
    one = middle(figures)
    sizes(figures, one)
    others(figures, one["whole"] / MIDDLE)
    result(figures)


if __name__ == "__main__":
    main()
