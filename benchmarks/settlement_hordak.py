"""The peer: django-hordak in an environment of its own, journals of six legs through its bulk path.

The package goes into var/bench/hordak and nowhere else. Its project is as its documentation sets one up;
its triggers are its own and stay on.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.support import BENCH
from tests.support import databases

FOLDER = BENCH / "hordak"
PACKAGES = ("django-hordak==2.0.0", "psycopg2-binary")
DATABASE = "oc_bench_hordak"

SETTINGS = """
import os
from urllib.parse import parse_qs, urlsplit

_url = urlsplit(os.environ["HORDAK_URL"])
_given = {name: values[0] for name, values in parse_qs(_url.query).items()}
SECRET_KEY = "peer"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "mptt", "djmoney", "hordak"]
DATABASES = {"default": {
    "ENGINE": "django.db.backends.postgresql", "NAME": _url.path.lstrip("/"),
    "HOST": _given.get("host", _url.hostname or ""), "USER": _given.get("user", _url.username or ""),
    "PASSWORD": _url.password or "", "PORT": str(_url.port or ""),
}}
DEFAULT_CURRENCY = HORDAK_INTERNAL_CURRENCY = "CNY"
HORDAK_CURRENCIES = CURRENCIES = ["CNY"]
HORDAK_DECIMAL_PLACES, HORDAK_MAX_DIGITS = 2, 20
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
"""

MEASURE = """
import json, os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django
django.setup()
from datetime import date
from django.core.management import call_command
from django.db import transaction
from hordak.models import Account, Leg, Transaction
from moneyed import Money

rows, legs = int(sys.argv[1]), int(sys.argv[2])
call_command("migrate", verbosity=0)
with Account.objects.disable_mptt_updates():
    for n in range(1000):
        Account(name=f"a{n}", code=f"{n:03d}", type="LI", currencies=["CNY"], lft=1, rght=2, tree_id=n + 1,
                level=0).save()
Account.objects.rebuild()
accounts = list(Account.objects.values_list("pk", flat=True))
day = date(2026, 11, 21)
begun = time.perf_counter()
with transaction.atomic():
    made = Transaction.objects.bulk_create(
        (Transaction(description=f"bulk:{n}", date=day) for n in range(rows)), batch_size=5000)
    one, rest = Money(1, "CNY"), Money(legs - 1, "CNY")
    Leg.objects.bulk_create(
        (Leg(transaction=each, account_id=accounts[(n + leg) % 1000],
             **({"debit": rest} if leg == 0 else {"credit": one}))
         for n, each in enumerate(made) for leg in range(legs)), batch_size=5000)
spent = time.perf_counter() - begun
assert Leg.objects.count() == rows * legs
print(json.dumps({"legs_per_second": rows * legs / spent}))
"""


def _python() -> Path:
    python = FOLDER / "venv" / "bin" / "python"
    if not (FOLDER / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", str(FOLDER / "venv")], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        (FOLDER / "installed").touch()
    return python


def legs_per_second(*, rows: int, legs: int) -> float:
    """Of `rows` transactions with `legs` legs each, written with bulk_create in one transaction."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    python = _python()
    (FOLDER / "settings.py").write_text(SETTINGS)
    (FOLDER / "measure.py").write_text(MEASURE)
    databases.clone(DATABASE, "template0")
    try:
        address = os.environ | {"HORDAK_URL": databases.owner_url(DATABASE)}
        command = [python, "measure.py", str(rows), str(legs)]
        done = subprocess.run(command, cwd=FOLDER, env=address, check=True, capture_output=True, text=True)
    finally:
        databases.drop(DATABASE)
    return json.loads(done.stdout.splitlines()[-1])["legs_per_second"]
