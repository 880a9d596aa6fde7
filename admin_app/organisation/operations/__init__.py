"""Acts on the organisation: setting it up, its identity, its places, its documents, its post."""

from admin_app.organisation.details import ProviderDetails
from admin_app.organisation.operations.house_documents import publish
from admin_app.organisation.operations.identity import change_identity, change_logo, set_up
from admin_app.organisation.operations.place_checks import Looked, check_place, remove_check
from admin_app.organisation.operations.places import (
    PlaceDetails,
    add_place,
    archive_place,
    change_place,
    restore_place,
)
from admin_app.organisation.operations.post import change_mail_server, forget_mail_server
from admin_app.organisation.operations.publications import (
    Reread,
    correct_publications,
    remove_review,
    review_publications,
)

__all__ = [
    "Looked",
    "PlaceDetails",
    "ProviderDetails",
    "Reread",
    "add_place",
    "archive_place",
    "change_identity",
    "change_logo",
    "change_mail_server",
    "change_place",
    "check_place",
    "correct_publications",
    "forget_mail_server",
    "publish",
    "remove_check",
    "remove_review",
    "restore_place",
    "review_publications",
    "set_up",
]
