"""Where the office's pages about safeguarding are declared, and what guards the register."""

from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404
from admin_app.safeguarding import queries
from admin_app.safeguarding.models import Report

pages = Pages("safeguarding", "office", prefix="/signalements")
READ, MANAGE = Permission.SAFEGUARDING_READ, Permission.SAFEGUARDING_MANAGE
ACCOUNTS = Permission.ACCOUNTS_MANAGE
Reply = str | tuple[str, int] | Response


def named_only() -> None:
    """For whoever is not named, the register is nowhere to be found (404)."""
    or_404(queries.is_reader(current_user.id, clock.now()) or None)


def entry(report_id: int) -> Report:
    """The entry of that key, for whoever is named."""
    named_only()
    return or_404(queries.report(report_id))
