"""What is translated when a module is loaded speaks one language for ever: there it must be lazy."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("members", "catalog", "fulfillment", "orders", "settlement", "omnichannel")
EAGER = {"gettext", "ngettext", "pgettext", "npgettext"}


def eager_names(tree: ast.Module) -> set[str]:
    """By which names this module calls what translates at once."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in EAGER
    }


def calls_at_import(node: ast.AST, names: set[str]):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in names:
            yield child.lineno
        yield from calls_at_import(child, names)


def found_in(source: str) -> list[int]:
    tree = ast.parse(source)
    return list(calls_at_import(tree, eager_names(tree)))


@pytest.mark.parametrize("app", APPS)
def test_no_module_translates_when_it_is_loaded(app):
    files = [path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    found = {str(path.relative_to(ROOT)): found_in(path.read_text(encoding="utf-8")) for path in files}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_the_search_finds_one():
    assert found_in('from django.utils.translation import gettext as _\nclass A:\n    b = _("x")\n') == [3]
