"""Where a cohort stands, told from its days: nothing needs to be kept up to date."""

from datetime import date

from sqlalchemy import ColumnElement, and_

from admin_app.cohorts.models import Cohort
from compliance.vocabulary import Word


class CohortState(Word):
    """To come, running, ended or cancelled; the values are those of `flask cohort list`."""

    UPCOMING = "upcoming", "à venir"
    RUNNING = "running", "en cours"
    ENDED = "ended", "terminée"
    CANCELLED = "cancelled", "annulée"


# how each looks beside its word (templates/components/state.html)
SHAPES = {
    CohortState.UPCOMING: "upcoming",
    CohortState.RUNNING: "ok",
    CohortState.ENDED: "neutral",
    CohortState.CANCELLED: "draft",
}


def state_of(cohort: Cohort, today: date) -> CohortState:
    """Where that cohort stands on that day; its last day still counts as running."""
    if cohort.cancelled_at is not None:
        return CohortState.CANCELLED
    if today < cohort.starts_on:
        return CohortState.UPCOMING
    return CohortState.RUNNING if today <= cohort.ends_on else CohortState.ENDED


def in_state(state: CohortState, today: date) -> ColumnElement[bool]:
    """The same as a condition for the database."""
    alive = Cohort.cancelled_at.is_(None)
    return {
        CohortState.CANCELLED: Cohort.cancelled_at.is_not(None),
        CohortState.UPCOMING: and_(alive, Cohort.starts_on > today),
        CohortState.RUNNING: and_(alive, Cohort.starts_on <= today, Cohort.ends_on >= today),
        CohortState.ENDED: and_(alive, Cohort.ends_on < today),
    }[state]
