"""Reading agreements, and gathering what they say."""

from admin_app.agreements.queries.gathering import document_data, trainees_of
from admin_app.agreements.queries.pages import (
    CohortAgreements,
    cohort_agreements,
    history,
    papers,
)
from admin_app.agreements.queries.reading import (
    Due,
    Listed,
    agreement,
    agreements,
    clients_due,
    enrolled,
    listed,
    live_with,
    of_client,
    of_cohort,
    people_due,
    proofs,
    replaced_by,
    sponsor,
    sponsor_row,
    to_countersign,
)

__all__ = [
    "CohortAgreements",
    "Due",
    "Listed",
    "agreement",
    "agreements",
    "clients_due",
    "cohort_agreements",
    "document_data",
    "enrolled",
    "history",
    "listed",
    "live_with",
    "of_client",
    "of_cohort",
    "papers",
    "people_due",
    "proofs",
    "replaced_by",
    "sponsor",
    "sponsor_row",
    "to_countersign",
    "trainees_of",
]
