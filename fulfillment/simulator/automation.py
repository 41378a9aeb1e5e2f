"""A machine for the demo and the tests: it takes every wave that is signed and names parcels.

What it then reports is in machine.py, which stands on the services as any other outside system does.
"""

import json
from datetime import UTC, datetime

from django.conf import settings

from fulfillment.gateways.webhooks import is_signed

MOST_PARCELS = 1000


def take(headers: dict, body: bytes) -> int:
    """The status that a machine answers with."""
    stamp = headers.get("webhook-timestamp", "0")
    now = datetime.fromtimestamp(int(stamp), UTC) if stamp.isdigit() else datetime.now(UTC)
    if not is_signed(settings.AUTOMATION_SECRET, headers, body, now=now):
        return 401
    parcels = json.loads(body)["parcels"]
    return 202 if 0 < len(parcels) <= MOST_PARCELS else 422
