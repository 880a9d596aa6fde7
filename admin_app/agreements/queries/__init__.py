"""Reading agreements, and gathering what they say."""

from admin_app.agreements.queries.gathering import document_data, trainees_of
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
)

__all__ = [
    "Due",
    "Listed",
    "agreement",
    "agreements",
    "clients_due",
    "document_data",
    "enrolled",
    "listed",
    "live_with",
    "of_client",
    "of_cohort",
    "people_due",
    "proofs",
    "replaced_by",
    "sponsor",
    "sponsor_row",
    "trainees_of",
]
