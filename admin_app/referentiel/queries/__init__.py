"""What is read of the house, to say what the référentiel means for it."""

from admin_app.referentiel.queries.house import House, house
from admin_app.referentiel.queries.impact import Impact, Register, impact, programmes_to_review

__all__ = ["House", "Impact", "Register", "house", "impact", "programmes_to_review"]
