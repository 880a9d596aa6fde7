"""The only place that asks what time it is.

Instants are aware UTC datetimes; days are civil days in the organisation's time zone.
"""

import time as system
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, has_app_context

DEFAULT_ZONE = "Europe/Paris"
_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def signing_minute() -> int:
    """The minute by which cookies are signed and expire: the real one, even in a frozen block."""
    return int(system.time()) // 60


def zone() -> ZoneInfo:
    """The organisation's time zone (Europe/Paris until it says otherwise)."""
    if not has_app_context():
        return ZoneInfo(DEFAULT_ZONE)
    name = current_app.config.get("TIME_ZONE", DEFAULT_ZONE)
    return ZoneInfo(name() if callable(name) else name)


def local(instant: datetime) -> datetime:
    """The same instant on the organisation's clock."""
    return instant.astimezone(zone())


def today() -> date:
    """The civil day it is for the organisation."""
    return local(now()).date()


def day_of(instant: datetime) -> date:
    """The civil day of an instant, for the organisation."""
    return local(instant).date()


def at(day: date, hour: time) -> datetime:
    """The UTC instant when the organisation's clock shows that hour on that day."""
    return datetime.combine(day, hour, zone()).astimezone(UTC)


def in_days(days: int) -> datetime:
    """The instant that many days from now (an expiry, usually)."""
    return now() + timedelta(days=days)


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Within this block it is `instant` (demonstration and tests).

    Raises:
        ValueError: the instant carries no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    token = _frozen.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
