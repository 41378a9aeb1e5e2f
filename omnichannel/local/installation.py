"""The local installation in var/: its secrets, its environment and its processes."""

import base64
import hashlib
import json
import os
import re
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from omnichannel.local import postgres, valkey
from omnichannel.local.children import Child
from omnichannel.local.console import Trouble
from omnichannel.local.layout import LOCK_FILE, ROOT, VAR, VENV, VENV_PYTHON, fingerprint

DATABASE = "omnichannel"
OWNER_ROLE = "omnichannel_owner"
APPLICATION_ROLE = "omnichannel_app"
QUEUES = "route,notify,report,settle,default"
SERVERS = ("postgres", "valkey")
APPLICATION = ("web", "worker", "beat")
# What a person may set around `make run`; it reaches the processes unchanged.
PASSED_ON = (
    "BUSINESS_DAY_CUTOFF_HOUR",
    "DATABASE_APPLICATION_ROLE",
    "IDENTITY_AREAS",
    "LOG_LEVEL",
    "MEDIA_ROOT",
    "MESSAGE_GATEWAY_SECRET",
    "MESSAGE_GATEWAY_URL",
    "PLATFORM_ACCOUNT_NAME",
    "PLATFORM_BANK_ACCOUNT",
    "PLATFORM_BANK_NAME",
    "PLATFORM_CNAPS",
    "SERVE_PICTURES",
    "UNIPAY_INSTITUTION",
    "UNIPAY_KEYS",
    "UNIPAY_MERCHANT_ID",
    "UNIPAY_URL",
)


def new_secrets() -> dict[str, str]:
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {"SECRET_KEY": secrets.token_urlsafe(48), "FIELD_KEYS": json.dumps({"local": key})}


def local_secrets(data: Path) -> dict[str, str]:
    """The secrets of this installation, made once; readable for its user alone, never in the repository."""
    path = data / "secrets.json"
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(new_secrets(), file)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
    return json.loads(path.read_text())


@dataclass(frozen=True)
class Installation:
    """One place on disk and one port."""

    data: Path = VAR
    port: int = 8000

    @classmethod
    def here(cls) -> "Installation":
        """The installation of this tree, on the port of the environment variable PORT."""
        port = os.environ.get("PORT") or "8000"
        if not re.fullmatch(r"\d{1,5}", port) or not 0 < int(port) < 65536:
            raise Trouble("port_wrong", f"PORT must be a number from 1 to 65535, not {port!r}.")
        VAR.mkdir(exist_ok=True)
        if not os.access(VAR, os.W_OK):
            raise Trouble("not_yours", f"{VAR} belongs to {VAR.owner()}. Run as that user.")
        return cls(port=int(port))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def embeds_database(self) -> bool:
        return not os.environ.get("DATABASE_URL")

    @property
    def embeds_cache(self) -> bool:
        return not os.environ.get("REDIS_URL")

    def database_url(self) -> str:
        return os.environ.get("DATABASE_URL") or postgres.url(
            self.data, role=APPLICATION_ROLE, database=DATABASE
        )

    def owner_url(self) -> str:
        """The role that owns the schema; on real servers the application's own unless told."""
        if self.embeds_database:
            return postgres.url(self.data, role=OWNER_ROLE, database=DATABASE)
        return os.environ.get("DATABASE_OWNER_URL") or self.database_url()

    def environment(self) -> dict[str, str]:
        """The whole environment of web, worker, beat and commands; nothing leaks in from the terminal."""
        given = {name: os.environ[name] for name in PASSED_ON if os.environ.get(name)}
        own = {
            "DATABASE_URL": self.database_url(),
            "REDIS_URL": os.environ.get("REDIS_URL") or valkey.url(self.data),
            "PUBLIC_URL": os.environ.get("PUBLIC_URL") or self.address,
            "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS") or "127.0.0.1,localhost",
            "DEBUG": os.environ.get("DEBUG") or "0",
            "OMNICHANNEL_DEMO": os.environ.get("OMNICHANNEL_DEMO") or "1",
        }
        kept = {name: os.environ[name] for name in ("SECRET_KEY", "FIELD_KEYS") if os.environ.get(name)}
        return basics() | given | own | local_secrets(self.data) | kept

    def shape(self) -> str:
        """Changes when running processes must be replaced altogether: environment, packages, this package."""
        parts = {
            "environment": sorted(self.environment().items()),
            "packages": hashlib.sha256(LOCK_FILE.read_bytes()).hexdigest(),
            "machinery": fingerprint((ROOT / "omnichannel" / "local").glob("*.py"), contents=True),
        }
        return f"{self.port} {hashlib.sha256(json.dumps(parts).encode()).hexdigest()}"

    def servers(self) -> list[str]:
        wanted = {"postgres": self.embeds_database, "valkey": self.embeds_cache}
        return [name for name in SERVERS if wanted[name]]

    def children(self) -> list[Child]:
        """Every process, in the order of starting."""
        embedded = {"postgres": postgres.child, "valkey": valkey.child}
        worker = self._process("worker", self._worker(), lambda: worker.said(b" ready."), stop_seconds=30)
        return [embedded[name](self.data) for name in self.servers()] + [
            self._process("web", self._web(), self.answers, stop_seconds=20),
            worker,
            self._process("beat", self._beat(), lambda: True, stop_seconds=10),
        ]

    def _process(self, name: str, argv: list[str], ready, *, stop_seconds: float) -> Child:
        return Child(
            name=name,
            argv=[str(VENV_PYTHON), "-m", *argv],
            environment=self.environment(),
            data=self.data,
            ready=ready,
            stop_seconds=stop_seconds,
            user={"cwd": str(ROOT)},
        )

    def _web(self) -> list[str]:
        options = ["--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--threads", "4"]
        return [
            *("gunicorn", "omnichannel.wsgi:application", "--worker-class", "gthread", "--preload", *options),
            *("--no-control-socket", "--access-logfile", "-", "--graceful-timeout", "10"),
        ]

    def _worker(self) -> list[str]:
        options = ["--concurrency", "3", "--queues", QUEUES, "--loglevel", "INFO"]
        return ["celery", "-A", "omnichannel", "worker", *options, "--without-gossip", "--without-mingle"]

    def _beat(self) -> list[str]:
        schedule = self.data / "beat"
        schedule.mkdir(parents=True, exist_ok=True)
        return [
            *("celery", "-A", "omnichannel", "beat", "--loglevel", "INFO"),
            *("--schedule", str(schedule / "schedule"), "--pidfile", ""),
        ]

    def answers(self) -> bool:
        """Whether the web server answers at all, whatever the answer."""
        try:
            urllib.request.urlopen(f"{self.address}/static/css/app.css", timeout=3).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True


def basics() -> dict[str, str]:
    """What any program needs from the terminal, and the virtual environment in front."""
    kept = ("HOME", "USER", "TMPDIR", "LANG", "SSL_CERT_FILE", "TERM")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    path = f"{VENV / 'bin'}:{os.environ.get('PATH', '/usr/local/bin:/usr/bin:/bin')}"
    return environment | {
        "PATH": path,
        "LC_ALL": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "omnichannel.settings",
    }
