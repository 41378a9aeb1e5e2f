"""Where translatable text stands: Python, Django templates and JavaScript of one app."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = ("omnichannel", "members", "catalog", "fulfillment", "orders", "settlement")
PROJECT = "omnichannel"
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg"}
CJK = re.compile(r"[\u3400-\u9fff]")
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(
    rf"(?<![\w.])(gettext|ngettext|pgettext|npgettext|_)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)", re.S
)
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.S)

# Function name -> which of its arguments are (context, singular, plural); None where there is none.
KEYWORDS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}


@dataclass(frozen=True, order=True)
class Text:
    """One translatable text; `context` and `plural` are empty where not used."""

    singular: str
    context: str = ""
    plural: str = ""


class Unreadable(Exception):
    """A source that cannot be searched for texts."""


def _text(keyword: str, arguments: list) -> Text:
    picked = [arguments[index] if index is not None else "" for index in KEYWORDS[keyword]]
    context, singular, plural = picked
    return Text(singular=singular, context=context, plural=plural)


def _called_name(call: ast.Call) -> str:
    return getattr(call.func, "id", None) or getattr(call.func, "attr", "")


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def python_texts(path: Path) -> Iterator[Text]:
    """Texts of a Python file. A text that is not a plain literal cannot be translated and is an error."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if not isinstance(node, ast.Call) or _called_name(node) not in KEYWORDS:
            continue
        if any(isinstance(argument, ast.JoinedStr) for argument in node.args):
            raise Unreadable(f"{path.relative_to(ROOT)}:{node.lineno}: an f-string cannot be translated")
        wanted = [index for index in KEYWORDS[_called_name(node)] if index is not None]
        values = [_constant(argument) for argument in node.args]
        if len(values) > max(wanted) and all(values[index] for index in wanted):
            yield _text(_called_name(node), values)


def _call_texts(source: str) -> Iterator[Text]:
    for match in CALL.finditer(source):
        values = [ast.literal_eval(literal) for literal in re.findall(LITERAL, match[2], re.S)]
        yield _text(match[1], values)


def template_texts(path: Path) -> Iterator[Text]:
    try:
        yield from _call_texts(templatize(path.read_text("utf-8"), origin=str(path.relative_to(ROOT))))
    except SyntaxError as error:
        raise Unreadable(str(error)) from error


def script_texts(path: Path) -> Iterator[Text]:
    yield from _call_texts(path.read_text("utf-8"))


def python_files(app: str) -> list[Path]:
    return sorted(p for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)


def template_files(app: str) -> list[Path]:
    """An app's templates; folders that no other app owns belong to the project package."""
    root = ROOT / "templates"
    owned = (
        [root / app] if app != PROJECT else [p for p in root.glob("*") if p.name not in APPS or p.name == app]
    )
    files = [file for entry in owned for file in ([entry] if entry.is_file() else entry.rglob("*"))]
    return sorted(p for p in files if p.suffix in TEMPLATE_SUFFIXES)


def script_files(app: str) -> list[Path]:
    root = ROOT / "static"
    owned = (
        [root / app] if app != PROJECT else [p for p in root.glob("*") if p.name not in APPS or p.name == app]
    )
    files = [file for entry in owned for file in ([entry] if entry.is_file() else entry.rglob("*.js"))]
    return sorted(p for p in files if p.suffix == ".js" and "vendor" not in p.parts)


def texts_of(app: str, domain: str) -> set[Text]:
    """All texts of an app for the gettext domain `django` (server) or `djangojs` (browser)."""
    if domain == "djangojs":
        return {text for path in script_files(app) for text in script_texts(path)}
    found = {text for path in python_files(app) for text in python_texts(path)}
    return found | {text for path in template_files(app) for text in template_texts(path)}


def hard_coded(app: str) -> Iterator[str]:
    """Lines of templates that hold Chinese outside a translation; `lang="zh` on the line marks a name."""
    for path in template_files(app):
        source = TEMPLATE_COMMENT.sub(lambda m: "\n" * m[0].count("\n"), path.read_text("utf-8"))
        for number, line in enumerate(source.splitlines(), 1):
            if CJK.search(line) and 'lang="zh' not in line:
                yield f"{path.relative_to(ROOT)}:{number}: Chinese outside a translation: {line.strip()[:80]}"
