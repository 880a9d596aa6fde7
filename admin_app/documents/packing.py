"""The data of a document as they are stored: JSON that keeps days, instants and amounts apart.

Pictures (`data:` addresses: a logo, a drawn signature) go to the store once, under their hash,
instead of weighing on each row.
"""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from admin_app.core.database import dumps
from admin_app.core.storage import store

DAY, INSTANT, AMOUNT, FILE = "$day", "$instant", "$amount", "$file"
HEAVY = 1_000


def pack(value: Any) -> Any:
    """The value as JSON can hold it.

    Raises:
        TypeError: it is neither JSON, a day, an instant nor a Decimal.
    """
    if isinstance(value, dict):
        return {str(key): pack(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [pack(item) for item in value]
    if isinstance(value, datetime):
        return {INSTANT: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, Decimal):
        return {AMOUNT: str(value)}
    if isinstance(value, str):
        return _file(value) if value.startswith("data:") and len(value) > HEAVY else str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    raise TypeError(f"the data of a document cannot hold {type(value).__name__}")


def unpack(value: Any) -> Any:
    """The value as it was before `pack`, tuples having become lists."""
    if isinstance(value, list):
        return [unpack(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((key, inner),) = value.items()
        opened = _OPEN.get(key)
        if opened is not None:
            return opened(inner)
    return {key: unpack(item) for key, item in value.items()}


def digest(data: dict[str, Any]) -> str:
    """The SHA-256 of packed or unpacked data, the same whatever the order of keys."""
    return hashlib.sha256(dumps(pack(data)).encode()).hexdigest()


def _file(address: str) -> dict[str, str]:
    return {FILE: store.put(address.encode())}


_OPEN: dict[str, Callable[[str], Any]] = {
    DAY: date.fromisoformat,
    INSTANT: datetime.fromisoformat,
    AMOUNT: Decimal,
    FILE: lambda sha256: store.get(sha256).decode(),
}
