"""Imports stand at the top of a module, and the list of what nobody may import is complete."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("omnichannel", "members", "catalog", "fulfillment", "orders", "settlement")

# Django asks for these: an AppConfig may import what needs models only in ready(), and settings read
# nothing that needs settings.
ALLOWED = {
    "catalog/apps.py",
    "fulfillment/apps.py",
    "members/apps.py",
    "omnichannel/apps.py",
    "omnichannel/kernel/apps.py",
    "orders/apps.py",
    "settlement/apps.py",
}


def python_files() -> Iterator[Path]:
    for app in APPS:
        yield from (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def hidden_imports(path: Path) -> list[int]:
    """Lines of imports inside functions."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    inside = [node for function in functions for node in ast.walk(function)]
    return sorted({node.lineno for node in inside if isinstance(node, ast.Import | ast.ImportFrom)})


def test_no_import_hides_in_a_function():
    found = {str(path.relative_to(ROOT)): hidden_imports(path) for path in python_files()}
    assert {name: lines for name, lines in found.items() if lines and name not in ALLOWED} == {}


def test_the_contract_names_every_module_of_the_project_package():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    named = next(c["forbidden_modules"] for c in contracts if c["name"].startswith("Nobody imports"))
    children = {
        f"omnichannel.{path.stem}"
        for path in (ROOT / "omnichannel").iterdir()
        if path.suffix == ".py" or any(path.glob("*.py"))
    }
    assert children - {"omnichannel.__init__", "omnichannel.kernel"} == set(named)
