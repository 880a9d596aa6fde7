"""The office's pages about adaptations; the accommodations are the disability officer's alone."""

from admin_app.adaptations.office import accommodations, answers, network, requests
from admin_app.adaptations.office.pages import pages

__all__ = ["accommodations", "answers", "network", "pages", "requests"]
