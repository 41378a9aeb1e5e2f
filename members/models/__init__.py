from .institutions import ChannelKey, Institution, StaffRole
from .users import User

__all__ = ["ChannelKey", "Institution", "StaffRole", "User"]
