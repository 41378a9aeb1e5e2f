"""From a drawing to files: WebP in every width the pages ask for, many products at once."""

import io
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from .kinds import draw

WIDTHS = (160, 320, 640, 1200)
QUALITY = 80


@dataclass(frozen=True)
class Spec:
    """One picture to make: `slug` names its files, the rest goes to draw()."""

    slug: str
    kind: str
    seed: int = 0
    attributes: dict = field(default_factory=dict)


def render_sizes(image: Image.Image) -> dict[int, bytes]:
    """{width in pixels: WebP bytes} of a square picture, each size made from the next larger one."""
    sizes = {}
    for width in sorted(WIDTHS, reverse=True):
        if image.width != width:
            image = image.resize(
                (width, width), Image.Resampling.BOX if image.width % width == 0 else Image.Resampling.LANCZOS
            )
        out = io.BytesIO()
        image.save(out, "WEBP", quality=QUALITY, method=2)
        sizes[width] = out.getvalue()
    return sizes


def render_one(spec: Spec, out_dir: Path) -> list[Path]:
    """Draw and write it; returns the files."""
    return write_sizes(draw(spec.kind, seed=spec.seed, **spec.attributes), spec.slug, out_dir)


def write_sizes(image: Image.Image, slug: str, out_dir: Path) -> list[Path]:
    """Write <slug>-<width>.webp of a square picture for every width; returns the files."""
    files = []
    for width, data in render_sizes(image).items():
        files.append(Path(out_dir) / f"{slug}-{width}.webp")
        files[-1].write_bytes(data)
    return files


def render_many(specs: Iterable[Spec], out_dir: Path, processes: int = 2) -> int:
    """Render all specs into out_dir, in that many processes; returns the number of files."""
    specs, out_dir = list(specs), Path(out_dir)
    out_dir.mkdir(parents=True, exist_ok=True)
    if processes < 2 or len(specs) < 4:
        return sum(len(render_one(spec, out_dir)) for spec in specs)
    with ProcessPoolExecutor(processes) as pool:
        made = pool.map(render_one, specs, [out_dir] * len(specs), chunksize=4)
        return sum(len(files) for files in made)
