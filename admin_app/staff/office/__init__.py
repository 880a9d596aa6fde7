"""The office's pages about the team."""

from admin_app.staff.office import chart, meetings, members
from admin_app.staff.office.pages import pages

__all__ = ["chart", "meetings", "members", "pages"]
