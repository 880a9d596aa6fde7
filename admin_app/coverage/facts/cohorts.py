"""The facts of cohorts: many at once, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import or_, select

from admin_app.adaptations.models import AdaptationRequest
from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.database import Rows
from admin_app.coverage.facts.before import marks_of
from admin_app.coverage.facts.people import clients_of, enrolments_of
from admin_app.coverage.facts.reading import IDS, UNTIL, Ids, end_of, read, was_before
from admin_app.coverage.facts.teaching import closed_of, half_days_of, trainers_of, with_attendance
from admin_app.organisation.queries import provider
from admin_app.programmes.models import Programme, ProgrammeVersion
from compliance.facts import AdaptationFacts, CohortFacts
from compliance.referentiel import is_new_entrant
from compliance.vocabulary import ActionCategory, Modality
from compliance.wording import of_name


def cohort_facts(cohort: Cohort, as_of: date | None = None) -> CohortFacts:
    """Everything the rules need of one cohort."""
    return facts_of([cohort], as_of)[0]


def facts_of(cohorts: Sequence[Any], as_of: date | None = None) -> list[CohortFacts]:
    """Everything the rules need of these cohorts, in their order (eight statements; of a past day,
    three more)."""
    until, ids = end_of(as_of), [cohort.id for cohort in cohorts]
    half_days = half_days_of(ids, until)
    closed, marks = closed_of(ids, until), marks_of(ids, until)
    enrolments, trainers = enrolments_of(ids, until), trainers_of(ids, until)
    clients, adaptations = clients_of(ids, until), _adaptations(ids, until)
    flags = programme_flags(ids)
    found = []
    for cohort in cohorts:
        key = cohort.id
        facts = outline(
            cohort,
            flags.get(key, (False, False, False)),
            as_of=as_of,
            half_days=tuple(half_days[key]),
            enrolments=tuple(enrolments[key]),
            trainers=tuple(trainers[key]),
            clients=tuple(clients[key]),
            adaptations=tuple(adaptations[key]),
        )
        found.append(with_attendance(facts, marks[key], frozenset(closed[key])))
    return found


def outline(
    cohort: Any,
    programme: tuple[bool, bool, bool] = (False, False, False),
    *,
    as_of: date | None = None,
    **parts: tuple[object, ...],
) -> CohortFacts:
    """The facts that the row of a cohort holds by itself, its programme's, and the parts given.

    `programme` says whether it is certifying, taught alternately, and has a work placement.
    """
    return CohortFacts(
        key=cohort.id,
        reference=cohort.reference,
        title=cohort.title,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        category=ActionCategory.TRAINING,
        modality=Modality(cohort.modality),
        is_certifying=cohort.is_certifying,
        is_alternance=cohort.is_alternance,
        has_work_placement=cohort.has_work_placement,
        has_subcontracting=cohort.has_subcontracting,
        is_new_entrant=_is_new_entrant(as_of or clock.today()),
        programme_is_certifying=programme[0],
        programme_is_alternance=programme[1],
        programme_has_work_placement=programme[2],
        standard_programme_key=cohort.standard_version_id,
        programme_key=cohort.version_id,
        cancelled=was_before(cohort.cancelled_at, end_of(as_of)),
        created_on=clock.day_of(cohort.created_at),
        **parts,  # type: ignore[arg-type]
    )


def _is_new_entrant(day: date) -> bool:
    """By category: ours is training, begun with the house."""
    house = provider()
    if house is None or house.in_business_since is None:
        return False
    started = {ActionCategory.TRAINING: house.in_business_since}
    return is_new_entrant(ActionCategory.TRAINING, day, started)


def programme_flags(ids: Ids) -> dict[int, tuple[bool, bool, bool]]:
    """What the programme of each cohort says: certifying, alternance, work placement."""
    rows = read(_flags_statement, ids, None)
    return {key: (certifying, alternance, work) for key, certifying, alternance, work in rows}


@cache
def _flags_statement(_is_past: bool) -> Rows:
    return (
        select(
            Cohort.id,
            ProgrammeVersion.is_certifying,
            Programme.is_alternance,
            Programme.has_work_placement,
        )
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .where(Cohort.id.in_(IDS))
    )


@cache
def _adaptations_statement(is_past: bool) -> Rows:
    statement = (
        select(AdaptationRequest)
        .where(AdaptationRequest.cohort_id.in_(IDS))
        .order_by(AdaptationRequest.id)
    )
    if not is_past:
        return statement.where(AdaptationRequest.state != "withdrawn")
    gone_since = or_(
        AdaptationRequest.withdrawn_at.is_(None), AdaptationRequest.withdrawn_at >= UNTIL
    )
    return statement.where(AdaptationRequest.received_at < UNTIL, gone_since)


def _adaptations(ids: Ids, until: datetime | None) -> dict[int, list[AdaptationFacts]]:
    found: dict[int, list[AdaptationFacts]] = defaultdict(list)
    for (row,) in read(_adaptations_statement, ids, until):
        found[row.cohort_id or 0].append(_adaptation(row, until))
    return found


def _adaptation(row: AdaptationRequest, until: datetime | None) -> AdaptationFacts:
    decided = was_before(row.decided_at, until)
    return AdaptationFacts(
        key=row.id,
        label=f"demande {row.reference} {of_name(row.organisation)}",
        received_on=clock.day_of(row.received_at),
        accepted=row.state == "accepted" if decided else None,
        is_standard_changed=row.changes_programme,
    )
