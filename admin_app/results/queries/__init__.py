"""Reading results: figures worked out, what was published, what is known of certifications."""

from admin_app.results.queries.certification import (
    authorisation,
    authorisations_of,
    copy_of,
    is_certifying,
    matches_of,
    sheet,
    sheets_of,
)
from admin_app.results.queries.measuring import measured, trainer_tallies
from admin_app.results.queries.publications import (
    STATES,
    Line,
    lines,
    planned,
    publication,
    publications_of,
    shown_to_public,
)

__all__ = [
    "STATES",
    "Line",
    "authorisation",
    "authorisations_of",
    "copy_of",
    "is_certifying",
    "lines",
    "matches_of",
    "measured",
    "planned",
    "publication",
    "publications_of",
    "sheet",
    "sheets_of",
    "shown_to_public",
    "trainer_tallies",
]
