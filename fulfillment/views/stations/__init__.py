"""The stations of the operations centre, by the name in their address."""

from .account import AccountOpening
from .handover import HandOver
from .pack import Pack
from .pick import Pick
from .sim import SimTake
from .sort import SortWall

STATIONS = {
    station.name: station for station in (Pick(), SortWall(), SimTake(), AccountOpening(), Pack(), HandOver())
}

__all__ = ["STATIONS"]
