"""Neighbours in a template that depend on nothing but the language become one text per language."""

from collections.abc import Iterable
from itertools import groupby

from django.template.base import FilterExpression, Node, NodeList, TextNode
from django.template.defaulttags import CommentNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

from omnichannel.templatetags.marks import icon
from omnichannel.templatetags.ui import Still, ui
from omnichannel.templatetags.written import WRITTEN

SILENT = (CommentNode, LoadNode)


class Folded(Node):
    """What stands here is the same for every visitor who reads this language."""

    child_nodelists = ()

    def __init__(self, nodes: Iterable[Node]):
        self.nodes, self.texts = NodeList(nodes), {}

    def render(self, context) -> str:
        key = (get_language(), context.autoescape)
        text = self.texts.get(key)
        if text is None:
            text = self.texts[key] = self.nodes.render(context)
        return text


def folded(nodes: Iterable[Node]) -> NodeList:
    """The nodes, each run of standing ones as one."""
    made = NodeList()
    for stands, run in groupby(nodes, key=stands_still):
        found = list(run)
        made.extend(_as_one(found) if stands else found)
    return made


def _as_one(run: list[Node]) -> list[Node]:
    parts = [part for node in run for part in (node.nodes if isinstance(node, Folded) else [node])]
    parts = [part for part in parts if not isinstance(part, SILENT)]
    if all(type(part) is TextNode for part in parts):
        text = "".join(part.s for part in parts)
        return [TextNode(text)] if text else []
    return [Folded(parts)]


def stands_still(node: Node) -> bool:
    """Text, and tags with nothing but constants that set no variable."""
    if isinstance(node, (*SILENT, TextNode, Folded)):
        return True
    if isinstance(node, TranslateNode):
        return is_constant(node.filter_expression) and not (node.asvar or node.message_context)
    if isinstance(node, URLNode):
        return not node.asvar and _constants(node.view_name, *node.args, *node.kwargs.values())
    if isinstance(node, StaticNode):
        return node.varname is None and is_constant(node.path)
    if isinstance(node, SimpleNode):
        return _is_plain(node) and _constants(*node.args, *node.kwargs.values())
    return isinstance(node, Still) and node.path is None


def _is_plain(node: SimpleNode) -> bool:
    """Its outcome follows from its arguments: an icon, a component written by code."""
    if node.target_var is not None:
        return False
    return node.func is icon or (node.func is ui and node.args[0].var in WRITTEN)


def _constants(*expressions: FilterExpression) -> bool:
    return all(is_constant(one) for one in expressions)


def is_constant(expression: FilterExpression) -> bool:
    """A literal without filters; translate turns its own into a variable that names nothing."""
    value = expression.var
    return not expression.filters and (not expression.is_var or getattr(value, "lookups", 0) is None)
