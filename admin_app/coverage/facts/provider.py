"""The facts of the organisation as a whole."""

from datetime import date
from typing import Any

from sqlalchemy import case, func, or_, select

from admin_app.cohorts.models import Assignment, Cohort
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.coverage.facts.partners import first_subcontractor_on
from admin_app.coverage.facts.reading import end_of, held
from admin_app.coverage.facts.teaching import is_external
from admin_app.organisation.models import Provider
from admin_app.people.models import Trainer
from compliance.facts import ProviderFacts
from compliance.referentiel import new_entrant_categories
from compliance.vocabulary import ActionCategory, Modality

UNKNOWN_START = date(2000, 1, 1)


def provider_facts(provider: Provider, as_of: date | None = None) -> ProviderFacts:
    """What the rules need of the organisation: what is true of any of its cohorts (three
    statements)."""
    began = provider.in_business_since
    started = {ActionCategory.TRAINING: began} if began is not None else {}
    certifying, alternance, work, subcontracting = _flags(as_of)
    first = first_subcontractor_on(as_of)
    return ProviderFacts(
        key=provider.id,
        name=provider.name,
        started_on=began or provider.certified_on or UNKNOWN_START,
        new_entrant_categories=new_entrant_categories(as_of or clock.today(), started),
        first_subcontractor_on=first,
        is_certifying=certifying,
        is_alternance=alternance,
        has_work_placement=work or alternance,
        has_subcontracting=subcontracting or first is not None or _has_external(as_of),
    )


def _flags(as_of: date | None) -> tuple[bool, bool, bool, bool]:
    """Certifying, alternance, at work, subcontracting: whether any cohort is so (one reading)."""
    at_work = or_(Cohort.has_work_placement, Cohort.modality == Modality.WORKPLACE.value)
    statement = select(
        func.max(_number(Cohort.is_certifying)),
        func.max(_number(Cohort.is_alternance)),
        func.max(_number(at_work)),
        func.max(_number(Cohort.has_subcontracting)),
    ).where(held(as_of))
    found = db.session.execute(statement).one()
    return bool(found[0]), bool(found[1]), bool(found[2]), bool(found[3])


def _number(condition: Any) -> Any:
    return case((condition, 1), else_=0)


def _has_external(as_of: date | None) -> bool:
    """Whether any trainer who works under contract was ever assigned."""
    statement = (
        select(Assignment.id)
        .join(Trainer, Trainer.id == Assignment.trainer_id)
        .where(is_external())
        .limit(1)
    )
    until = end_of(as_of)
    if until is not None:
        statement = statement.where(Assignment.assigned_at < until)
    return db.session.scalar(statement) is not None
