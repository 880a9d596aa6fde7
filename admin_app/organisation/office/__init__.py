"""The office's pages about the organisation."""

from admin_app.organisation.office import house_documents, identity, places, post, publications
from admin_app.organisation.office.pages import pages

__all__ = ["house_documents", "identity", "pages", "places", "post", "publications"]
