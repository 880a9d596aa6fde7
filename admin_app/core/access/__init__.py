"""Who may open what: roles, permissions, and pages that cannot exist without declaring one."""

from admin_app.core.access.guards import Pages, current_actor, origin
from admin_app.core.access.permissions import GRANTS, Permission, Role, permissions_of
from admin_app.core.access.rules import PUBLIC, SIGNED_IN, Access, Linked, linked
from admin_app.core.access.ways import declared_access, may_open, way_to
from admin_app.core.links import Purpose

__all__ = [
    "GRANTS",
    "PUBLIC",
    "SIGNED_IN",
    "Access",
    "Linked",
    "Pages",
    "Permission",
    "Purpose",
    "Role",
    "current_actor",
    "declared_access",
    "linked",
    "may_open",
    "origin",
    "permissions_of",
    "way_to",
]
