"""usage: python3 -m omnichannel.local run|stop|status|logs|env|manage|clean-data|venv|browser|test|lint"""

import importlib
import os
import sys
import time

from omnichannel.local import python_env
from omnichannel.local.console import closing
from omnichannel.local.layout import BEGUN, ROOT, VENV_PYTHON

# Command -> (module, function); the modules are imported only inside the virtual environment.
COMMANDS = {
    "run": ("start", "run"),
    "stop": ("start", "stop"),
    "status": ("start", "status"),
    "logs": ("start", "logs"),
    "env": ("start", "env"),
    "manage": ("start", "manage"),
    "clean-data": ("start", "clean_data"),
    "supervise": ("start", "supervise"),
    "browser": ("browser", "get"),
    "test": ("testing", "run"),
    "lint": ("checks", "run"),
}


def main(arguments: list[str]) -> int:
    """Make the virtual environment where it is missing, then go on inside it with the command."""
    command = arguments[0] if arguments else ""
    if command not in COMMANDS and command != "venv":
        print(__doc__, file=sys.stderr)
        return 2
    os.environ.setdefault(BEGUN, str(time.time()))
    code = closing(python_env.ensure)
    if code or command == "venv":
        return code
    if not python_env.inside():
        os.chdir(ROOT)
        os.execv(VENV_PYTHON, [str(VENV_PYTHON), "-m", "omnichannel.local", *arguments])
    module, function = COMMANDS[command]
    work = getattr(importlib.import_module(f"omnichannel.local.{module}"), function)
    return closing(lambda: work(*arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
