"""/routing/: orders that nobody can route, why, on a map, and what an operator does about them."""
