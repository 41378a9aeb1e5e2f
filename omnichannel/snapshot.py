"""The migrated schema as one SQL file, for databases that hold nothing yet.

Three hundred and more migrations, most of them Oscar's, take a minute of one core; the file takes a second.
It stands for the migrations it names, as they were: is one of them changed, is the server of another major
version or does the database hold anything, it is passed over and all migrations run. Later ones run on top.
Written by `make schema-file`.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from django.db import connection, transaction

FILE = Path(__file__).resolve().parent / "schema.sql"
ROOT = FILE.parent.parent
HEADER = re.compile(r"-- PostgreSQL (\d+), migrations ([0-9a-f]{64})\n")
ROW = re.compile(r"^\('(\w+)', '(\w+)', now\(\)\)", re.MULTILINE)
# Labels of the apps whose migrations are files of the project.
OURS = {name: name for name in ("omnichannel", "members", "fulfillment", "settlement")}
OURS |= {"kernel": "omnichannel/kernel", "catalogue": "catalog", "order": "orders"}
# Rows that migrations wrote are kept, but for these: what `migrate` itself adds, and the history of the rest.
LEFT_EMPTY = ("django_migrations", "django_content_type", "auth_permission", "*event")
# Of pg_dump's text: psql's commands, settings of its session, its comments, grants to whoever migrated.
_LEFT_OUT = re.compile(
    r"\\|--$|-- (Name|Data for|PostgreSQL|Dumped)|SET \w+ = |SELECT pg_catalog\.set_config"
    r"|SELECT pg_catalog\.setval\(.*, 1, false\);|GRANT ALL ON FUNCTION"
)


def digest(names: Iterable[tuple[str, str]]) -> str:
    """What these migrations are: the names of all, the text of ours."""
    sha = sha256()
    for label, name in sorted(names):
        sha.update(f"{label}/{name}".encode())
        file = ROOT / OURS.get(label, "") / "migrations" / f"{name}.py"
        # Records of migrations that others replaced name files that are no more.
        if label in OURS and file.exists():
            sha.update(file.read_bytes())
    return sha.hexdigest()


def holds() -> bool:
    """Whether the file's migrations are what they were when it was written."""
    text = FILE.read_text(encoding="utf-8")
    return digest(ROW.findall(text)) == HEADER.match(text)[2]


def fits() -> bool:
    """Whether it can be loaded here: it holds, the server is of its version and the database empty."""
    version = connection.pg_version // 10000
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        is_empty = cursor.fetchone() == (0,)
    return is_empty and version == int(HEADER.match(FILE.read_text(encoding="utf-8"))[1]) and holds()


@transaction.atomic
def load() -> None:
    """Make the tables and say that their migrations have run: all of it or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL check_function_bodies = off; SET LOCAL search_path = ''")
        cursor.execute(FILE.read_text(encoding="utf-8"))


def written(dump: str, *, applied: list[tuple[str, str]]) -> str:
    """The file from pg_dump's text of a database in which just these migrations have run."""
    version = connection.pg_version // 10000
    lines = [line for line in dump.splitlines() if line.strip() and not _LEFT_OUT.match(line)]
    rows = ",\n".join(f"('{label}', '{name}', now())" for label, name in sorted(applied))
    lines.append(f"INSERT INTO public.django_migrations (app, name, applied) VALUES\n{rows};")
    return f"-- PostgreSQL {version}, migrations {digest(applied)}\n" + "\n".join(lines) + "\n"
