"""Parcels packed in each hour as bars, with the target as a line; sizes in the units of the drawing."""

from fulfillment.models import StationName
from fulfillment.queries.pace import DONE_AT, Pace

BAR, GAP, HEIGHT, FOOT, HEAD = 34, 10, 180, 22, 18
PACKED = list(DONE_AT).index(StationName.PACK)


def packed_chart(pace: Pace) -> dict:
    """Where everything stands in the drawing; empty without hours."""
    counts = [(each.hour, each.done[PACKED]) for each in pace.hours]
    most = max([count for _hour, count in counts] + [pace.target or 1])
    room = HEIGHT - FOOT - HEAD
    width = max(len(counts) * (BAR + GAP) + GAP, 320)
    goal = HEAD + round(room * (1 - pace.target / most)) if pace.target else 0
    return {
        "width": width,
        "height": HEIGHT,
        "goal": goal,
        "goal_text": goal - 4,
        "bars": [_bar(place, hour, count, room * count / most) for place, (hour, count) in enumerate(counts)],
    }


def _bar(place: int, hour: int, count: int, height: float) -> dict:
    x, height = GAP + place * (BAR + GAP), round(height)
    top = HEIGHT - FOOT - height
    return {
        "x": x,
        "y": top,
        "width": BAR,
        "height": height,
        "middle": x + BAR // 2,
        "label_y": top - 4,
        "count": count,
        "hour": hour,
    }
