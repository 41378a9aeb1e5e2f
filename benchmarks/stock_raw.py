"""The measure of the stock measurement: pgbench, one prepared guarded UPDATE of one row, durable commits."""

import os
import re
import subprocess
import tempfile
from urllib.parse import parse_qs, urlsplit

from omnichannel.local.postgres import binary

SCRIPT = (
    "UPDATE fulfillment_stocklevel SET reserved = reserved + 1"
    " WHERE id = {level_id} AND on_hand - reserved >= 1;\n"
)


def raw_per_s(*, clients: int, seconds: float, level_id: int) -> float:
    """Transactions per second of `clients` connections that all want the same row."""
    url = urlsplit(os.environ["DATABASE_URL"])
    options = parse_qs(url.query)
    address = {
        "PGHOST": options.get("host", [url.hostname])[0] or "",
        "PGUSER": options.get("user", [url.username])[0] or "",
        "PGPASSWORD": url.password or "",
        "PGPORT": str(url.port or 5432),
    }
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT.format(level_id=level_id))
        script.flush()
        command = [binary("pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(clients, 2))]
        command += ["-T", str(max(1, round(seconds))), "-f", script.name, url.path.lstrip("/")]
        told = subprocess.run(command, env=os.environ | address, capture_output=True, text=True)
    if told.returncode or "failed transactions: 0" not in told.stdout:
        raise SystemExit(f"pgbench: {told.stdout}{told.stderr}")
    return float(re.search(r"tps = ([\d.]+) \(without", told.stdout).group(1))
