"""Bars as the server draws them; the table beside them says the same in figures."""

from dataclasses import dataclass

WIDTH, HEIGHT, HEAD, FOOT = 720, 220, 14, 24
ROW, LABEL, FIGURE = 26, 220, 110


@dataclass(frozen=True)
class Bar:
    """Places in the picture's own units; is_loss where the figure is negative."""

    label: str
    fen: int
    x: float
    y: float
    width: float
    height: float
    is_loss: bool

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def base(self) -> float:
        return self.y + 15

    @property
    def end(self) -> float:
        return self.x + self.width + 6


@dataclass(frozen=True)
class Chart:
    kind: str  # columns over time, or rows by size
    width: int
    height: int
    zero: float
    bars: list[Bar]
    labelled: int  # every so many columns a label


def columns(points: list[tuple[str, int]]) -> Chart:
    """A column a period, in their order; negative ones hang below the zero line."""
    top = max([0, *(fen for _label, fen in points)])
    low = min([0, *(fen for _label, fen in points)])
    room, span = HEIGHT - HEAD - FOOT, (top - low) or 1
    zero, step = HEAD + room * top / span, WIDTH / max(len(points), 1)
    bars = []
    for number, (label, fen) in enumerate(points):
        size = room * abs(fen) / span
        y = zero - size if fen >= 0 else zero
        width = min(step * 0.7, 64)
        x = number * step + (step - width) / 2
        bars.append(Bar(label, fen, round(x, 1), round(y, 1), round(width, 1), round(size, 1), fen < 0))
    return Chart("columns", WIDTH, HEIGHT, round(zero, 1), bars, max(1, len(points) // 10))


def rows(points: list[tuple[str, int]], *, most: int = 10) -> Chart:
    """The largest figures as rows, by size."""
    chosen = sorted(points, key=lambda point: -abs(point[1]))[:most]
    top = max([1, *(abs(fen) for _label, fen in chosen)])
    room = WIDTH - LABEL - FIGURE
    bars = [
        Bar(label, fen, LABEL, number * ROW + 3, round(max(room * abs(fen) / top, 1), 1), ROW - 8, fen < 0)
        for number, (label, fen) in enumerate(chosen)
    ]
    return Chart("rows", WIDTH, ROW * len(chosen), LABEL, bars, 1)
