"""The office's pages about people."""

from admin_app.people.office import clients, contacts, funders, growth, skills, trainees, trainers
from admin_app.people.office.pages import pages

__all__ = ["clients", "contacts", "funders", "growth", "pages", "skills", "trainees", "trainers"]
