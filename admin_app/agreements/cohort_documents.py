"""The conventions and contracts of a cohort, as the room of documents issues them on request."""

from datetime import datetime

from admin_app.agreements import operations, queries
from admin_app.agreements.models import CONTRACT, CONVENTION, Agreement, State
from admin_app.core.actor import Actor
from admin_app.core.errors import Refused
from admin_app.documents import kinds
from admin_app.documents import queries as issued
from admin_app.documents.kinds import Gathered
from admin_app.documents.models import Document


def register() -> None:
    """Called once, when the room opens."""
    kinds.register("convention", lambda cohort_id: gathered(cohort_id, CONVENTION), issue)
    kinds.register("individual-contract", lambda cohort_id: gathered(cohort_id, CONTRACT), issue)


def gathered(cohort_id: int, kind: str) -> list[Gathered]:
    """Each agreement of a cohort that is not closed, and what its document says."""
    return [
        Gathered(("agreement", one.agreement.id), one.party, queries.document_data(one.agreement))
        for one in reversed(queries.of_cohort(cohort_id))
        if one.agreement.kind == kind and one.is_live
    ]


def issue(gathered: Gathered, by: Actor, at: datetime) -> Document:
    """Issue the agreement itself, so that it can be sent and signed.

    Raises:
        Problems: mentions are missing.
    """
    agreement = queries.agreement(gathered.subject[1])
    if agreement is None:
        raise Refused("Cette convention n’existe plus.")
    if agreement.status is State.DRAFT:
        return operations.issue_agreement(agreement, by=by, at=at)
    return _issued(agreement)


def _issued(agreement: Agreement) -> Document:
    document = issued.by_id(agreement.document_id or agreement.signed_document_id or 0)
    if document is None:
        raise Refused(f"{agreement.reference} n’a pas de document.")
    return document
