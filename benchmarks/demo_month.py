"""A month of the demo company on a database of its own, played until every control account is explained.

    make demo-month            30 business days of 24 orders
    make demo-month QUICK=1    6 business days of 8 orders

Prints the table of control accounts; as its last line RESULT {json}. Ends with an error when an account is
neither zero nor equal to what stands behind it, or any promise of the system is broken.
"""

import os
import subprocess
import sys
import time

from benchmarks.support import BENCH, QUICK, SEED, headline, own_database, result
from omnichannel.snapshot import ROOT

DAYS, ORDERS = (6, 8) if QUICK else (30, 24)


def main() -> int:
    headline(f"{DAYS} business days of {ORDERS} orders")
    sizes = [f"--days={DAYS}", f"--orders={ORDERS}", f"--seed={SEED}"]
    command = [sys.executable, str(ROOT / "manage.py"), "play_month", *sizes]
    begun = time.monotonic()
    with own_database("demo_month") as leads_to:
        variables = os.environ | leads_to | {"MEDIA_ROOT": str(BENCH / "media")}
        code = subprocess.run(command, env=variables, check=False).returncode
    result(
        {
            "days": DAYS,
            "orders_a_day": ORDERS,
            "closed": code == 0,
            "seconds": round(time.monotonic() - begun),
        }
    )
    return code


if __name__ == "__main__":
    sys.exit(main())
