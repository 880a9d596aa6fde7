"""Every gap of the house as it stood on a past day, for the command line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.coverage.facts import end_of, evidence_of_cohorts, facts_of
from admin_app.coverage.queries import edition_in_use, organisation_coverage
from admin_app.practices.queries import book, switched_off
from compliance import expectations as rules
from compliance.coverage import Gap, cover

BATCH = 40


@dataclass(frozen=True, slots=True)
class PastGap:
    """A gap of a past day; of the organisation and its registers when there is no cohort."""

    cohort: Cohort | None
    gap: Gap


def gaps_on(day: date) -> list[PastGap]:
    """What was missing, due or to be looked at that day, oldest due first: each once.

    What the organisation and its registers owed stands by itself, never again in each cohort; the
    edition is that of the day, as in pages (some fifteen statements for each forty cohorts).
    """
    house = organisation_coverage(as_of=day)
    found = [] if house is None else [PastGap(None, gap) for gap in house.gaps]
    for cohorts in _batches(day):
        found += _own_gaps(cohorts, day)
    return sorted(found, key=lambda one: one.gap.due_on)


def _own_gaps(cohorts: Sequence[Cohort], day: date) -> list[PastGap]:
    facts = facts_of(cohorts, day)
    evidence = evidence_of_cohorts(facts, day)
    catalogue, off = book(day), switched_off(day)
    by_key = {one.id: one for one in cohorts}
    return [
        PastGap(by_key[one.key], gap)
        for one in facts
        for gap in cover(
            one,
            rules.expectations_of(one, catalogue, switched_off=off),
            evidence[one.key],
            edition=edition_in_use(day),
            as_of=day,
            audit_date=day,
            zone=clock.zone(),
            catalogue=catalogue,
        ).gaps
    ]


def _batches(day: date) -> Iterator[Sequence[Cohort]]:
    """The cohorts that had been entered by the end of that day."""
    last = 0
    known = select(Cohort).where(Cohort.created_at < end_of(day)).order_by(Cohort.id).limit(BATCH)
    while cohorts := db.session.scalars(known.where(Cohort.id > last)).all():
        yield cohorts
        last = cohorts[-1].id
