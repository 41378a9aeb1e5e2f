"""Product pictures, drawn for this project in one studio style: soft backdrop, light from the left.

draw(kind, seed=…, **attributes) gives a PIL image, render_sizes(image) its WebP in every width,
render_many(specs, out_dir) writes <slug>-<width>.webp for a whole assortment.
"""

from .batch import WIDTHS, Spec, render_many, render_one, render_sizes, write_sizes
from .kinds import KINDS, draw

__all__ = ["KINDS", "WIDTHS", "Spec", "draw", "render_many", "render_one", "render_sizes", "write_sizes"]
