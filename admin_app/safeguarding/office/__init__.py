"""The office's pages of safeguarding: prevention for all, the register for who is named."""

from admin_app.safeguarding.office import people, prevention, register
from admin_app.safeguarding.office.pages import pages

__all__ = ["pages", "people", "prevention", "register"]
