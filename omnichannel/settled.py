"""What a process has loaded when its work begins lives as long as the process does."""

import gc


def settle() -> None:
    """Take it out of the collector's sight, which would look through all of it again and again."""
    gc.collect()
    gc.freeze()
