"""The office's pages about people."""

from admin_app.people.office import clients, contacts, growth, skills, trainees, trainers
from admin_app.people.office.pages import pages

__all__ = ["clients", "contacts", "growth", "pages", "skills", "trainees", "trainers"]
