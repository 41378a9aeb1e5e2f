"""What we take from Oscar stays Oscar's: its migrations to the byte, and the classes we replace by name."""

import ast
from pathlib import Path

import oscar
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
OSCAR = Path(oscar.__file__).parent
FORKS = {"catalog": "catalogue", "orders": "order"}

# Oscar loads a class of the same name from these modules of a fork instead of its own: keep this list short.
OVERRIDES = {
    "catalog": set(),
    "orders": set(),
}
# Modules in which Oscar looks up classes by name.
LOOKED_UP = (
    "abstract_models",
    "calculators",
    "exceptions",
    "formsets",
    "forms",
    "managers",
    "models",
    "processing",
    "receivers",
    "reports",
    "signals",
    "utils",
    "views",
)


def migration_names(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("[0-9]*.py")}


@pytest.mark.parametrize(("folder", "label"), FORKS.items())
def test_oscars_migrations_are_byte_identical(folder, label):
    theirs, ours = OSCAR / "apps" / label / "migrations", ROOT / folder / "migrations"
    different = [
        name
        for name in migration_names(theirs)
        if not (ours / name).exists() or (ours / name).read_bytes() != (theirs / name).read_bytes()
    ]
    assert different == []


@pytest.mark.parametrize(("folder", "label"), FORKS.items())
def test_our_own_migrations_are_numbered_from_1001(folder, label):
    own = migration_names(ROOT / folder / "migrations") - migration_names(
        OSCAR / "apps" / label / "migrations"
    )
    assert [name for name in sorted(own) if name[:4] < "1001"] == []


def class_names(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ClassDef)}


def module_files(folder: Path, module: str) -> list[Path]:
    return [path for path in (folder / f"{module}.py", folder / module / "__init__.py") if path.exists()]


@pytest.mark.parametrize(("folder", "label"), FORKS.items())
def test_every_class_that_replaces_oscars_is_listed(folder, label):
    replaced = set()
    for module in LOOKED_UP:
        theirs = {name for path in module_files(OSCAR / "apps" / label, module) for name in class_names(path)}
        ours = {name for path in module_files(ROOT / folder, module) for name in class_names(path)}
        replaced |= {f"{module}.{name}" for name in ours & theirs}
    assert replaced == OVERRIDES[folder]
