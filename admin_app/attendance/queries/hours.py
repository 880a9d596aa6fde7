"""Minutes planned and attended: the one source of certificates, of commands and of the BPF."""

from collections.abc import Collection

from admin_app.attendance.queries.ledger import ledgers
from compliance.attendance import CohortHours


def hours(cohort_id: int) -> CohortHours:
    """Planned and attended minutes of each trainee, by half-day (four statements).

    Only closed half-days count as attended; what is not known is None, never a zero. Trainees
    are in the order of their names, those who left included.

    Raises:
        LookupError: there is no such cohort.
    """
    return hours_of_cohorts([cohort_id])[cohort_id]


def hours_of_cohorts(cohort_ids: Collection[int]) -> dict[int, CohortHours]:
    """The same for many cohorts, still in four statements; keys are those of the cohorts.

    Raises:
        LookupError: one of them does not exist.
    """
    found = ledgers(cohort_ids)
    if missing := set(cohort_ids) - found.keys():
        raise LookupError(f"no cohort {min(missing)}")
    return {key: ledger.hours() for key, ledger in found.items()}
