"""The office writes programmes, publishes versions, and keeps what they rest on up to date."""

from admin_app.programmes.office import programmes, upkeep
from admin_app.programmes.office.pages import pages

__all__ = ["pages", "programmes", "upkeep"]
