"""Facts that members publish. Points in points, value in fen, times as ISO text in UTC."""

from dataclasses import dataclass
from typing import ClassVar

from omnichannel.kernel.outbox import Fact


@dataclass(frozen=True)
class PointsFact(Fact):
    """`points` is never negative; the fact's name says the direction."""

    txn_id: int
    member_id: int
    points: int
    value_fen: int
    reference: str
    occurred_at: str

    @property
    def key(self) -> str:
        return str(self.txn_id)


@dataclass(frozen=True)
class PointsEarned(PointsFact):
    topic: ClassVar[str] = "members.points_earned"


@dataclass(frozen=True)
class PointsBurned(PointsFact):
    topic: ClassVar[str] = "members.points_burned"


@dataclass(frozen=True)
class PointsReturned(PointsFact):
    topic: ClassVar[str] = "members.points_returned"


@dataclass(frozen=True)
class PointsClawedBack(PointsFact):
    topic: ClassVar[str] = "members.points_clawed_back"


@dataclass(frozen=True)
class PointsLapsed(PointsFact):
    topic: ClassVar[str] = "members.points_lapsed"


@dataclass(frozen=True)
class MemberJoined(Fact):
    topic: ClassVar[str] = "members.member_joined"

    member_id: int
    channel: str
    institution_id: int | None
    occurred_at: str

    @property
    def key(self) -> str:
        return str(self.member_id)


@dataclass(frozen=True)
class MessageWritten(Fact):
    topic: ClassVar[str] = "members.message_written"

    message_id: int

    @property
    def key(self) -> str:
        return str(self.message_id)
