"""What a reader must be able to look up stands in docs/: every fact and every setting."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("members", "catalog", "fulfillment", "orders", "settlement")
READERS = {"required", "text", "flag", "words"}


def docs_text() -> str:
    return "\n".join(path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))


def facts_of(app: str) -> list[str]:
    path = ROOT / app / "events.py"
    if not path.exists():
        return []
    classes = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ClassDef)]
    bases = {base.id for node in classes for base in node.bases if isinstance(base, ast.Name)}
    return [node.name for node in classes if node.name not in bases]


def settings_variables() -> list[str]:
    """The names that settings.py asks the environment for."""
    calls = [
        node
        for node in ast.walk(ast.parse((ROOT / "omnichannel/settings.py").read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS
    ]
    return sorted({node.args[0].value for node in calls if isinstance(node.args[0], ast.Constant)})


@pytest.mark.parametrize("app", APPS)
def test_every_fact_an_app_publishes_is_documented(app):
    text = docs_text()
    assert [fact for fact in facts_of(app) if f"`{fact}`" not in text] == []


def test_every_setting_read_from_the_environment_is_documented():
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert settings_variables()
    assert [name for name in settings_variables() if f"`{name}`" not in text] == []
