"""A template with its parents' frame, its blocks and what it includes in their places.

Django looks for parents and blocks again each time a page is rendered: a fixed cost of every page.
Left as they are: a parent that a variable names, an include that is isolated, named by a variable, part of
itself, or that counts (cycle, ifchanged), and any block that asks for more of itself than block.super.
"""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass

from django.template import Template, TemplateDoesNotExist
from django.template.base import Node, NodeList, TextNode, VariableNode
from django.template.defaulttags import CycleNode, IfChangedNode, IfNode, ResetCycleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode

from .folding import Folded, folded, is_constant

COUNTING = (CycleNode, IfChangedNode, ResetCycleNode)


class Scope(Node):
    """A block or an included part: what it sets is unknown outside."""

    def __init__(self, nodelist: NodeList, values: dict | None = None):
        self.nodelist, self.values = nodelist, values or {}

    def render(self, context) -> str:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        with context.push(**values):
            return self.nodelist.render(context)


def assembled(template: Template, loader) -> Template:
    """The same template in one piece, or itself where that cannot be said beforehand."""
    nodes = _nodes_of(template, loader, inside=())
    if nodes is None:
        return template
    made = copy(template)
    made.nodelist = nodes
    return made


def _nodes_of(template: Template, loader, *, inside: tuple[str, ...]) -> NodeList | None:
    lineage = _lineage(template, loader)
    if lineage is None:
        return None
    versions: dict[str, list[BlockNode]] = {}
    for one in lineage:
        for block in one.nodelist.get_nodes_by_type(BlockNode):
            versions.setdefault(block.name, []).append(block)
    return _Piece(versions, loader, (*inside, template.name)).together(lineage[-1].nodelist)


def _lineage(template: Template, loader) -> list[Template] | None:
    """From the template to its root; None where a file of others or a variable decides about it."""
    found = [template]
    while loader.is_ours(found[-1]):
        parent = next((node for node in found[-1].nodelist if isinstance(node, ExtendsNode)), None)
        if parent is None:
            return found
        if not is_constant(parent.parent_name) or parent is not found[-1].nodelist[0]:
            return None
        found.append(loader.source(parent.parent_name.var))
    return None


@dataclass(frozen=True)
class _Piece:
    """versions: by name a block as each template has it, the one that counts first."""

    versions: dict[str, list[BlockNode]]
    loader: object
    inside: tuple[str, ...]

    def together(self, nodes: Iterable[Node], above: list[BlockNode] | None = None) -> NodeList:
        """`above`: the versions that block.super means here."""
        made = [one for node in nodes for one in self._one(node, above or [])]
        return folded(made)

    def _one(self, node: Node, above: list[BlockNode]) -> Iterable[Node]:
        if isinstance(node, BlockNode):
            return self._block(self.versions.get(node.name) or [node])
        if _is_super(node):
            return self._block(above) if above else ()
        if isinstance(node, IncludeNode):
            return self._included(node)
        return (_with_parts(node, lambda part: self.together(part, above)),)

    def _block(self, versions: list[BlockNode]) -> Iterable[Node]:
        first, *rest = versions
        return _scoped(self.together(first.nodelist, rest))

    def _included(self, node: IncludeNode) -> Iterable[Node]:
        name = node.template.var if is_constant(node.template) else None
        if name is None or node.isolated_context or name in self.inside:
            return (node,)
        try:
            part = self.loader.source(name)
        except TemplateDoesNotExist:
            return (node,)
        nodes = None if _counts(part) else _nodes_of(part, self.loader, inside=self.inside)
        return (node,) if nodes is None else _scoped(nodes, node.extra_context)


def _scoped(nodes: NodeList, values: dict | None = None) -> Iterable[Node]:
    """Text alone sets nothing."""
    if all(isinstance(node, TextNode | Folded) for node in nodes):
        return nodes
    return (Scope(nodes, values),)


def _is_super(node: Node) -> bool:
    return isinstance(node, VariableNode) and node.filter_expression.token == "block.super"


def _counts(template: Template) -> bool:
    return any(template.nodelist.get_nodes_by_type(kind) for kind in COUNTING)


def _with_parts(node: Node, change: Callable[[NodeList], NodeList]) -> Node:
    """A copy of a node with its parts changed; the node itself where it has none."""
    parts = {name: change(part) for name, part in vars(node).items() if isinstance(part, NodeList)}
    if isinstance(node, IfNode):
        parts["conditions_nodelists"] = [(test, change(part)) for test, part in node.conditions_nodelists]
    if not parts:
        return node
    made = copy(node)
    vars(made).update(parts)
    return made
