"""Where the pages about the team are declared."""

from typing import Any

from admin_app.core.access import Pages, Permission

pages = Pages("staff", "office", prefix="/equipe")
FOLLOW, MANAGE = Permission.STAFF_FOLLOW, Permission.STAFF_MANAGE
ACT = "layouts/act.html"
Crumb = tuple[str, str, dict[str, Any]]  # words, endpoint, arguments
HOME: Crumb = ("Équipe", "staff_office.index", {})
