"""Time zones, as far as this machine has data on them."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def has_zone(name: str) -> bool:
    """Return whether this machine has data on a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
