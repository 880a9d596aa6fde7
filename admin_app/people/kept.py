"""What the rows of a register have in common: who wrote them, and why one no longer counts."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.storage import store
from admin_app.core.uploads import Upload


class Kept:
    """A row that is never erased: set aside, it stays readable with who, when and why."""

    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(String(200), default="")
    removed_why: Mapped[str] = mapped_column(String(300), default="")


class Filed:
    """A row with a copy of what it is about, when there is one."""

    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    file_name: Mapped[str] = mapped_column(String(150), default="")
    file_kind: Mapped[str] = mapped_column(String(10), default="")


def keep_file(row: Filed, file: Upload | None) -> None:
    """Keep the copy that was sent, if one was."""
    if file is not None:
        row.file_sha256, row.file_name, row.file_kind = store.put(file.data), file.name, file.kind
