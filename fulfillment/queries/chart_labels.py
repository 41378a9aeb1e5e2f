"""Where the labels of a chart's marks stand: clear of each other, of the marks and of the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Box = tuple[float, float, float, float]
Point = tuple[float, float]

# At phone width, the largest size in which labels are drawn (track.css), in the chart's own units.
LETTER, LATIN, TALL = 28, 17, 30
GAP = 15  # from the middle of a mark to its label
CLEAR = 11  # around the middle of a mark
STEP = 8  # the way is looked at so closely


@dataclass(frozen=True)
class Label:
    """Offsets from the mark, as SVG takes them."""

    anchor: str
    dx: int
    dy: int


PLACES = (
    Label("middle", 0, -GAP - 4),
    Label("middle", 0, GAP + TALL - 6),
    Label("start", GAP, 9),
    Label("end", -GAP, 9),
)


def width(text: str) -> int:
    return sum(LATIN if letter.isascii() else LETTER for letter in text)


def box(at: Point, text: str, label: Label) -> Box:
    """The room that the text takes."""
    x, y, wide = at[0] + label.dx, at[1] + label.dy, width(text)
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[label.anchor]
    return left, y - TALL + 6, left + wide, y + 6


def place(marks: Sequence[tuple[Point, str]], *, way: Sequence[Point], frame: Point) -> list[Label]:
    """A label for each mark (point and text; none where the text is empty), the least in anything's way."""
    points = [at for at, _text in marks]
    line = list(_along(way))
    taken: list[Box] = []
    chosen = []
    for at, text in marks:
        others = [(x - CLEAR, y - CLEAR, x + CLEAR, y + CLEAR) for x, y in points if (x, y) != at]
        best = min(PLACES, key=lambda label: _cost(box(at, text, label), taken + others, line, frame))
        chosen.append(best)
        if text:
            taken.append(box(at, text, best))
    return chosen


def _cost(one: Box, boxes: list[Box], line: list[Point], frame: Point) -> int:
    """Outside the frame is worst, then other labels and marks, then the way."""
    outside = one[0] < 0 or one[1] < 0 or one[2] > frame[0] or one[3] > frame[1]
    crossed = sum(one[0] < x < one[2] and one[1] < y < one[3] for x, y in line)
    return 10_000 * outside + 500 * sum(touch(one, other) for other in boxes) + crossed


def touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _along(way: Sequence[Point]):
    """Points of the way, so close that no label slips between."""
    for (x1, y1), (x2, y2) in pairwise(way):
        steps = max(1, round(max(abs(x2 - x1), abs(y2 - y1)) / STEP))
        for step in range(steps + 1):
            yield x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
