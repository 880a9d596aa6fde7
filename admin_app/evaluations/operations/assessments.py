"""Assessing what was learnt, objective by objective."""

from collections.abc import Sequence
from datetime import date, datetime

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import enrolled
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import day, of_name, plural
from admin_app.core.transaction import act
from admin_app.evaluations.models import Assessment, AssessmentResult
from admin_app.evaluations.queries.assessments import assessment_of, objectives_of, results_of
from admin_app.evidence.operations import record as prove
from admin_app.evidence.operations import withdraw_all
from admin_app.journal.operations import record
from compliance.vocabulary import Word

SCOPE = "enrolment"


class Result(Word):
    """What was seen of one objective."""

    REACHED = "reached", "atteint"
    PARTLY = "partly", "partiellement atteint"
    NOT_REACHED = "not-reached", "non atteint"
    NOT_ASSESSED = "not-assessed", "non évalué"


@act
def assess(
    cohort: Cohort,
    enrolment_id: int,
    *,
    results: Sequence[Result],
    method: str,
    comment: str,
    assessed_on: date,
    by: Actor,
    at: datetime,
) -> Assessment:
    """Write what one trainee learnt; doing it again replaces it, and the journal keeps both.

    Args:
        results: one for each objective of the programme, in order.
        method: how it was assessed (case study, observation…).
        assessed_on: the day of the assessment.

    Raises:
        Problems: a result or the method is missing, or the day is before the first one.
    """
    objectives = objectives_of(cohort)
    _check(cohort, objectives, results, method, assessed_on)
    found = enrolled(enrolment_id)
    if found is None or found.enrolment.cohort_id != cohort.id:
        raise Refused("Cette personne n’est pas inscrite à cette session.")
    row = _row(enrolment_id)
    row.method, row.comment, row.assessed_on = method.strip()[:200], comment.strip(), assessed_on
    row.recorded_at, row.recorded_by = at, by.label
    db.session.flush()
    _write_results(row, objectives, results)
    reached = sum(one is Result.REACHED for one in results)
    said = f"{plural(reached, 'objectif atteint', 'objectifs atteints')} sur {len(objectives)}"
    _prove(cohort, row, found.trainee.name, said, by, at)
    record(
        "evaluations.assessed",
        by=by,
        at=at,
        subject=("assessment", row.id),
        cohort_id=cohort.id,
        summary=f"Acquis {of_name(found.trainee.name)} évalués le {day(assessed_on)} : {said}.",
        details={"results": [one.value for one in results]},
    )
    return row


def _check(
    cohort: Cohort,
    objectives: Sequence[str],
    results: Sequence[Result],
    method: str,
    assessed_on: date,
) -> None:
    problems = []
    if not objectives:
        problems.append(Refused("Le programme n’a pas d’objectif à évaluer."))
    if len(results) != len(objectives):
        problems.append(Refused("Dites, pour chaque objectif, ce qui a été constaté."))
    if not method.strip():
        problems.append(Refused("Dites comment les acquis ont été évalués.", "method"))
    if assessed_on < cohort.starts_on:
        problems.append(Refused("Ce jour est avant le premier jour de la session.", "assessed_on"))
    refuse_if_any(problems)


def _row(enrolment_id: int) -> Assessment:
    row = assessment_of(enrolment_id)
    if row is None:
        row = Assessment(enrolment_id=enrolment_id)
        db.session.add(row)
    return row


def _write_results(row: Assessment, objectives: Sequence[str], results: Sequence[Result]) -> None:
    known = {one.rank: one for one in results_of(row.id)}
    for rank, (objective, result) in enumerate(zip(objectives, results, strict=True), 1):
        one = known.pop(rank, None)
        if one is None:
            one = AssessmentResult(assessment_id=row.id, rank=rank)
            db.session.add(one)
        one.objective, one.result = objective, result.value
    for one in known.values():
        db.session.delete(one)


def _prove(cohort: Cohort, row: Assessment, name: str, said: str, by: Actor, at: datetime) -> None:
    scope = (SCOPE, row.enrolment_id)
    withdraw_all(
        "assessment", scope=scope, why="Évaluation reprise : la suivante la remplace.", by=by, at=at
    )
    prove(
        "assessment",
        scope=scope,
        label=f"Évaluation des acquis {of_name(name)} : {said}",
        occurred_on=row.assessed_on,
        by=by,
        at=at,
        source=("assessment", row.id),
        facts={"method": row.method, "said": said},
        cohort_id=cohort.id,
    )
