"""The acts of programmes: writing drafts, publishing dated versions, leaving the catalogue."""

from admin_app.programmes.operations.catalogue import archive, restore
from admin_app.programmes.operations.drafts import (
    copy_programme,
    create_programme,
    discard_draft,
    new_version,
    save_draft,
)
from admin_app.programmes.operations.publishing import MentionsMissing, on_publication, publish

__all__ = [
    "MentionsMissing",
    "archive",
    "copy_programme",
    "create_programme",
    "discard_draft",
    "new_version",
    "on_publication",
    "publish",
    "restore",
    "save_draft",
]
