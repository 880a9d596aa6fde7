"""Acts on the organisation: setting it up, its identity, its places, its documents, its post."""

from admin_app.organisation.details import ProviderDetails
from admin_app.organisation.operations.house_documents import publish
from admin_app.organisation.operations.identity import change_identity, change_logo, set_up
from admin_app.organisation.operations.places import (
    PlaceDetails,
    add_place,
    archive_place,
    change_place,
    restore_place,
)
from admin_app.organisation.operations.post import change_mail_server, forget_mail_server

__all__ = [
    "PlaceDetails",
    "ProviderDetails",
    "add_place",
    "archive_place",
    "change_identity",
    "change_logo",
    "change_mail_server",
    "change_place",
    "forget_mail_server",
    "publish",
    "restore_place",
    "set_up",
]
