"""The category tree, in one query every few seconds."""

import time
from dataclasses import dataclass

from catalog.values import in_english
from omnichannel.kernel import prepared


@dataclass(frozen=True)
class CategoryNode:
    """`path` is treebeard's: a child's path begins with its parent's."""

    id: int
    slug: str
    name: str
    description: str
    icon: str
    path: str
    depth: int


@dataclass(frozen=True)
class Tree:
    nodes: tuple[CategoryNode, ...]

    def by_slug(self, slug: str) -> CategoryNode | None:
        return next((node for node in self.nodes if node.slug == slug), None)

    @property
    def roots(self) -> list[CategoryNode]:
        return [node for node in self.nodes if node.depth == 1]

    def children(self, node: CategoryNode) -> list[CategoryNode]:
        return [n for n in self.nodes if n.depth == node.depth + 1 and n.path.startswith(node.path)]

    def crumbs(self, node: CategoryNode) -> list[CategoryNode]:
        """From the root to the node itself."""
        return [n for n in self.nodes if node.path.startswith(n.path)]

    def ids_within(self, node: CategoryNode) -> tuple[int, ...]:
        return tuple(n.id for n in self.nodes if n.path.startswith(node.path))


_TREE = """
SELECT c.id, c.slug,
       coalesce(CASE WHEN %(english)s THEN nullif(t.name_en, '') END, c.name),
       coalesce(CASE WHEN %(english)s THEN nullif(t.description_en, '') END, c.description),
       coalesce(nullif(t.icon, ''), 'tag'), c.path, c.depth
  FROM catalogue_category c LEFT JOIN catalogue_categorytext t ON t.category_id = c.id
 WHERE c.is_public AND c.ancestors_are_public ORDER BY c.path
"""


KEPT_SECONDS = 5.0  # until a change of the categories shows; it holds neither prices nor stock
_kept: dict[bool, tuple[float, Tree]] = {}


def tree() -> Tree:
    """All public categories in their order, as they were at most a few seconds ago."""
    english, clock = in_english(), time.monotonic()
    read_at, found = _kept.get(english, (clock, None))
    if found is None or clock - read_at > KEPT_SECONDS:
        found = Tree(tuple(CategoryNode(*row) for row in prepared.tuples(_TREE, {"english": english})))
        _kept[english] = (clock, found)
    return found


def forget() -> None:
    """The categories were changed here: look again at once."""
    _kept.clear()
