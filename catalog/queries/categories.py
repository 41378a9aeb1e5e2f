"""The category tree, in one query."""

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


def tree() -> Tree:
    """All public categories in their order."""
    return Tree(tuple(CategoryNode(*row) for row in prepared.tuples(_TREE, {"english": in_english()})))
