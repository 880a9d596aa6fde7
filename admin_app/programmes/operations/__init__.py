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
from admin_app.programmes.operations.upkeep import (
    ResourcesDetails,
    review_resources,
    set_conditions,
)

__all__ = [
    "MentionsMissing",
    "ResourcesDetails",
    "archive",
    "copy_programme",
    "create_programme",
    "discard_draft",
    "new_version",
    "on_publication",
    "publish",
    "restore",
    "review_resources",
    "save_draft",
    "set_conditions",
]
