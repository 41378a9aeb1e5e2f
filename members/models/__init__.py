from .history import TrackedInstitution, TrackedStaffRole
from .identity import BlockedPerson, Identity, IdentityCheck, IdentityReading
from .institutions import ChannelKey, Institution, StaffRole
from .members import Address, Member, Message, OneTimeCode
from .points import PointsAccount, PointsAllocation, PointsLot, PointsPolicy, PointsTxn
from .users import User

__all__ = [
    "Address",
    "BlockedPerson",
    "ChannelKey",
    "Identity",
    "IdentityCheck",
    "IdentityReading",
    "Institution",
    "Member",
    "Message",
    "OneTimeCode",
    "PointsAccount",
    "PointsAllocation",
    "PointsLot",
    "PointsPolicy",
    "PointsTxn",
    "StaffRole",
    "TrackedInstitution",
    "TrackedStaffRole",
    "User",
]
