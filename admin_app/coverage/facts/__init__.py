"""The facts of cohorts, of the organisation and of its registers, as the rules want them.

`as_of` gives the facts as they were known at the end of that day: who was enrolled, who had
left, what had been marked and closed.
"""

from admin_app.coverage.facts.around import Around, around, shared_by
from admin_app.coverage.facts.cohorts import cohort_facts, facts_of, outline
from admin_app.coverage.facts.pieces import (
    PIECE_COLUMNS,
    SHARED,
    among,
    bound,
    evidence_about,
    evidence_facts,
    evidence_of,
    evidence_of_cohorts,
)
from admin_app.coverage.facts.provider import provider_facts
from admin_app.coverage.facts.reading import end_of
from admin_app.coverage.facts.registers import REGISTERED, records

__all__ = [
    "PIECE_COLUMNS",
    "REGISTERED",
    "SHARED",
    "Around",
    "among",
    "around",
    "bound",
    "cohort_facts",
    "end_of",
    "evidence_about",
    "evidence_facts",
    "evidence_of",
    "evidence_of_cohorts",
    "facts_of",
    "outline",
    "provider_facts",
    "records",
    "shared_by",
]
