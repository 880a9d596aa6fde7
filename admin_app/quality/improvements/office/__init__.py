"""The office's pages of improvements: actions, yearly reviews."""

from admin_app.quality.improvements.office import actions, reviews
from admin_app.quality.improvements.office.pages import pages

__all__ = ["actions", "pages", "reviews"]
