"""The promises of the status page that do not hold, as JSON: python -m benchmarks.within_django …"""

import json

from omnichannel import invariants
from omnichannel.kernel import clock


def main() -> None:
    broken = [promise for promise in invariants.promises(now=clock.now()) if promise.breaches]
    print(json.dumps([f"{promise.name} ({promise.breaches}): {promise.examples}" for promise in broken]))
