"""Coverage, for the office and the quality manager.

What is missing everywhere, the sessions at a glance, the organisation itself, a cohort's file,
the story of one trainee, and the human review of a piece.
"""

from admin_app.coverage.office import cohort, gaps, house, portfolio, review, thread
from admin_app.coverage.office.pages import pages

__all__ = ["cohort", "gaps", "house", "pages", "portfolio", "review", "thread"]
