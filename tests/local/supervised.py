"""A supervisor over two sleeping children, for the tests: python -m tests.local.supervised FOLDER"""

import sys
from pathlib import Path

from omnichannel.local.children import Child
from omnichannel.local.supervisor import Supervisor

SLEEPER = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"


def sleeper(name: str, data: Path) -> Child:
    """A child with a child of its own, as web server and worker have."""
    return Child(
        name=name, argv=[sys.executable, "-c", SLEEPER], environment={}, data=data, ready=lambda: True
    )


def failing(data: Path) -> Child:
    command = [sys.executable, "-c", "raise SystemExit('this server cannot start')"]
    return Child(name="broken", argv=command, environment={}, data=data, ready=lambda: False)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    children = [sleeper("first", folder), sleeper("second", folder), failing(folder)]
    Supervisor(children=children, data=folder, shape="test").run()
