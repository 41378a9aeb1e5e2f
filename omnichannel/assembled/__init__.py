"""Templates of the project as one piece each, put together when they are read (decision 59)."""

from .loader import Loader

__all__ = ["Loader"]
