"""What is done against a risk, and the facts that show it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act
from admin_app.people.operations.checks import gathered
from admin_app.quality import origins, owners
from admin_app.quality.checks import chosen, needed, past_day
from admin_app.quality.risks.models import Risk, RiskFact, RiskMeasure
from admin_app.quality.risks.operations.common import refuse_if_closed, told
from admin_app.quality.risks.words import FACT_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """A fact that is pointed at: its kind, reference (« REC-2026-0003 »), words and day."""

    kind: str
    reference: str = ""
    words: str = ""
    on: date | None = None


@act
def add_measure(
    row: Risk,
    words: str,
    *,
    owner_id: int,
    owner_name: str,
    due_on: date | None,
    by: Actor,
    at: datetime,
) -> RiskMeasure:
    """Say what is done against a risk, by whom, for which day (None: it is permanent).

    Raises:
        Refused: the risk is closed.
        Problems: nothing said, or nobody in charge.
    """
    refuse_if_closed(row)
    with gathered() as attempt:
        text = attempt(lambda: needed(words, "Dites ce qui est fait.", "words"))
        owner = attempt(lambda: owners.chosen(owner_id, owner_name, at))
    measure = RiskMeasure(
        risk_id=row.id,
        words=text,
        owner_id=owner.id,
        owner_name=owner.name,
        due_on=due_on,
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(measure)
    db.session.flush()
    told(row, "measure", f"mesure décidée, confiée à {owner.name}", by=by, at=at)
    return measure


@act
def measure_done(
    row: Risk, measure: RiskMeasure, *, on: date | None, words: str, by: Actor, at: datetime
) -> RiskMeasure:
    """Say that a measure is in place, and how.

    Raises:
        Refused: it was said already, or the measure was given up.
        Problems: a day to come, or nothing said.
    """
    _refuse_if_over(measure)
    with gathered() as attempt:
        when = attempt(lambda: past_day(on, at, "on", since=row.created_on))
        text = attempt(lambda: needed(words, "Dites ce qui est en place.", "words"))
    measure.done_on, measure.done_words = when, text
    told(row, "measure-done", "mesure en place", by=by, at=at)
    return measure


@act
def drop_measure(
    row: Risk, measure: RiskMeasure, *, on: date | None, why: str, by: Actor, at: datetime
) -> RiskMeasure:
    """Give a measure up, with the reason; it stays readable. One in place may be given up too.

    Raises:
        Refused: it was given up already.
        Problems: a day to come, or no reason.
    """
    if measure.dropped_on is not None:
        raise Refused("Cette mesure est déjà abandonnée.")
    with gathered() as attempt:
        when = attempt(lambda: past_day(on, at, "on", since=measure.done_on or row.created_on))
        text = attempt(lambda: needed(why, "Dites pourquoi.", "why"))
    measure.dropped_on, measure.dropped_why = when, text
    told(row, "measure-dropped", "mesure abandonnée, motif noté", by=by, at=at)
    return measure


@act
def link_fact(row: Risk, pointed: Pointed, *, by: Actor, at: datetime) -> RiskFact:
    """Tie a fact to a risk: a complaint, an incident, a departure… It names nobody.

    Raises:
        Refused: the risk is closed, or that very fact is tied to it already.
        Problems: an unknown kind or reference, nothing said, or a day to come.
    """
    refuse_if_closed(row)
    with gathered() as attempt:
        attempt(lambda: chosen(pointed.kind, FACT_KINDS, "fact_kind"))
        found = attempt(lambda: _resolved(pointed))
        if pointed.on is not None:
            attempt(lambda: past_day(pointed.on, at, "on"))
    _refuse_twice(row, found)
    today = clock.day_of(at)
    fact = RiskFact(
        risk_id=row.id,
        kind=found.kind,
        reference_id=found.key,
        words=found.words,
        url=found.url,
        happened_on=pointed.on or min(found.on or today, today),
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(fact)
    db.session.flush()
    told(row, "fact", f"fait rattaché ({FACT_KINDS[fact.kind]})", by=by, at=at)
    return fact


def _resolved(pointed: Pointed) -> origins.Reference:
    return origins.resolve(pointed.kind, pointed.reference, pointed.words, prefix="fact")


def _refuse_twice(row: Risk, found: origins.Reference) -> None:
    if found.key is None:
        return
    there = db.session.scalar(
        select(RiskFact.id).where(
            RiskFact.risk_id == row.id,
            RiskFact.kind == found.kind,
            RiskFact.reference_id == found.key,
        )
    )
    if there is not None:
        raise Refused("Ce fait est déjà rattaché à ce risque.", "fact_reference")


def _refuse_if_over(measure: RiskMeasure) -> None:
    if measure.dropped_on is not None:
        raise Refused("Cette mesure est abandonnée.")
    if measure.done_on is not None:
        raise Refused("C’est déjà dit.")
