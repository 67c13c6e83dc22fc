"""The time zone as formats tell it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def zone_format(name: str) -> str:
    """Format characters for the short name of a zone: EST; where it has none but a number, UTC+0700."""
    short = datetime.now(UTC).astimezone(ZoneInfo(name)).tzname() or ""
    return "T" if short.isalpha() else r"\U\T\CO"


ZONE = zone_format(settings.HOME_TIME_ZONE)
