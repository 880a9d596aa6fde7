"""The office's pages about results."""

from admin_app.results.office import certification, publishing
from admin_app.results.office.pages import pages

__all__ = ["certification", "pages", "publishing"]
