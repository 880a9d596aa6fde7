"""What the pages about clients' needs show, gathered once."""

from typing import Any

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import Sponsor, clients_of
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.needs.models import NeedsAnalysis
from admin_app.needs.queries import analysis as queries
from admin_app.people.queries import client as client_by_id


def cohort_page(cohort: Cohort) -> dict[str, Any]:
    """A cohort's clients and their analyses."""
    analyses = queries.of_cohort(cohort.id)
    sponsors = [one for one in clients_of(cohort.id) if one.client.is_organisation]
    return {
        "cohort": cohort,
        "rows": [(one, analyses.get(one.client.id)) for one in sponsors],
    }


def analysis_page(found: NeedsAnalysis) -> dict[str, Any]:
    """One analysis, for whom, and what it replaced."""
    return {
        "analysis": found,
        "client": client_by_id(found.client_id),
        "cohort": cohort_by_id(found.cohort_id) if found.cohort_id else None,
        "former": queries.former_of(found),
    }


def analysis_piece(analysis_id: int) -> tuple[str, dict[str, Any]] | None:
    """An analysis as the reading room shows it."""
    found = queries.analysis(analysis_id)
    return None if found is None else ("needs/piece.html", analysis_page(found))


def sponsor(cohort_id: int, client_id: int) -> Sponsor | None:
    """That client in that cohort."""
    return next((one for one in clients_of(cohort_id) if one.client.id == client_id), None)


def contact_name(found: Sponsor) -> str:
    """Whom one speaks with there, when it is known."""
    contact = found.contact
    if contact is None:
        return ""
    return f"{contact.name}, {contact.quality}" if contact.quality else contact.name
