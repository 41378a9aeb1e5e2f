"""The translations tool on a small tree of its own."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATE = """{% load i18n %}{# 注释 #}
{% translate "Save 5% now" %}{% translate "May" context "month" %}{{ name|default:_("nobody") }}
{% blocktranslate count n=items|length trimmed %}
  one item
{% plural %}
  {{ n }} items
{% endblocktranslate %}
"""
PYTHON = 'from django.utils.translation import gettext_lazy as _\nGREETING = _("Hello {name}")\n'
CHINESE = {
    "Save 5%% now": "立省 5%%",
    "May": "五月",
    "nobody": "无人",
    "one item": "%(n)s 件",
    "Hello {name}": "你好，{name}",
}


class Tree:
    """A project with one app and the tool."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        self.write("catalog/greetings.py", PYTHON)
        self.write("templates/catalog/page.html", TEMPLATE)

    def write(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, "utf-8")

    def tool(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess:
        command = [sys.executable, "scripts/translations.py", *arguments]
        return subprocess.run(command, cwd=self.root, input=given, capture_output=True, text=True)

    @property
    def po(self) -> Path:
        return self.root / "catalog/locale/zh_Hans/LC_MESSAGES/django.po"


@pytest.fixture
def tree(tmp_path):
    return Tree(tmp_path)


@pytest.fixture
def translated(tree):
    assert tree.tool("fill", "catalog", "-", given=json.dumps(CHINESE)).returncode == 0
    return tree


def test_a_complete_catalogue_passes_and_compiles(translated):
    assert translated.tool("check").returncode == 0
    assert translated.tool("compile").returncode == 0
    assert translated.po.with_suffix(".mo").stat().st_size > 100


def test_missing_lists_what_fill_takes_back(tree):
    tree.tool("update")
    assert set(json.loads(tree.tool("missing", "catalog").stdout)) == set(CHINESE)


def test_update_keeps_translations_and_changes_nothing_the_second_time(translated):
    before = translated.po.read_text("utf-8")
    translated.tool("update")
    assert translated.po.read_text("utf-8") == before
    assert "你好" in before


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("catalog/more.py", '_("New text")\n', "no Chinese: 'New text'"),
        ("catalog/more.py", '_(f"Hello {name}")\n', "an f-string cannot be translated"),
        ("catalog/more.py", '_("你好")\n', "message id is not English"),
        ("catalog/greetings.py", "\n", "obsolete: 'Hello {name}'"),
        ("templates/catalog/raw.html", "<p>价格</p>", "Chinese outside a translation"),
    ],
)
def test_check_names_the_fault(translated, name, text, fault):
    translated.write(name, text)
    answer = translated.tool("check")
    assert answer.returncode == 1
    assert fault in answer.stdout + answer.stderr


def test_check_finds_a_lost_placeholder(translated):
    translated.write(str(translated.po), translated.po.read_text("utf-8").replace("你好，{name}", "你好"))
    assert "placeholders differ" in translated.tool("check").stdout


def test_a_text_that_disappears_leaves_the_catalogue(translated):
    translated.write("catalog/greetings.py", "\n")
    translated.tool("update")
    assert "Hello" not in translated.po.read_text("utf-8")
