"""`make lint`: everything that can be judged without running the tests."""

import subprocess

from omnichannel.local.console import Trouble, last_lines, say
from omnichannel.local.installation import basics, new_secrets
from omnichannel.local.layout import ROOT, VAR, VENV_PYTHON

# No check opens the database; the address only has to be well formed.
NOWHERE = {
    "DATABASE_URL": "postgresql:///none?host=/nowhere",
    "REDIS_URL": "unix:///nowhere",
    "OMNICHANNEL_DEMO": "1",
}
CHECKS = {
    "style": ["-m", "ruff", "check", "--quiet", "."],
    "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "layers": ["-c", "import sys; from importlinter.cli import lint_imports_command as run; run()"],
    "translations": ["scripts/translations.py", "check"],
    "django": ["manage.py", "check", "--fail-level", "WARNING"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "api schema": [
        "manage.py",
        "spectacular",
        "--validate",
        "--fail-on-warn",
        "--file",
        str(VAR / "openapi.yaml"),
    ],
}


def run() -> None:
    """Run every check, also after a failed one; raise Trouble when any failed."""
    VAR.mkdir(exist_ok=True)
    environment = basics() | new_secrets() | NOWHERE
    failed = [name for name, command in CHECKS.items() if not _passes(name, command, environment)]
    if failed:
        raise Trouble("lint_failed", f"Not in order: {', '.join(failed)}.")
    say("All checks passed.")


def _passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    done = subprocess.run(
        [str(VENV_PYTHON), *command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    say(f"- {name}: {'ok' if done.returncode == 0 else 'failed'}")
    if done.returncode:
        say(last_lines(done.stdout, 60))
    return done.returncode == 0
