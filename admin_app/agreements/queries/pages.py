"""What the pages of agreements show, in few statements."""

from dataclasses import dataclass
from typing import Any

from admin_app.agreements.models import Agreement
from admin_app.agreements.queries.reading import (
    Due,
    Listed,
    clients_due,
    of_cohort,
    people_due,
)
from admin_app.cohorts import queries as cohorts
from admin_app.cohorts.models import Cohort
from admin_app.core.database import db
from admin_app.documents import queries as documents
from admin_app.journal.models import JournalEntry
from admin_app.journal.queries import of_subject


@dataclass(frozen=True, slots=True)
class CohortAgreements:
    """With whom an agreement is due in a cohort, and every one that was begun."""

    cohort: Cohort
    clients: list[Due]
    people: list[Due]
    closed: list[Listed]


def cohort_agreements(cohort_id: int) -> CohortAgreements | None:
    """The agreements of a cohort; None when there is no such cohort."""
    cohort = cohorts.cohort(cohort_id)
    if cohort is None:
        return None
    found = of_cohort(cohort_id)
    return CohortAgreements(
        cohort,
        clients_due(cohort_id, found),
        people_due(cohort_id, found),
        [one for one in found if not one.is_live],
    )


def papers(agreement: Agreement, *, with_text: bool = False) -> dict[str, Any]:
    """The documents of an agreement: as issued, as signed; and what it says, for a page."""
    document = documents.by_id(agreement.document_id) if agreement.document_id else None
    key = agreement.signed_document_id
    found: dict[str, Any] = {
        "document": document,
        "signed": documents.by_id(key) if key else None,
    }
    if with_text:
        found["data"] = documents.data(document) if document else None
    return found


def history(agreement_id: int) -> list[JournalEntry]:
    """What was done with it, the latest first."""
    return list(db.session.scalars(of_subject("agreement", agreement_id)))
