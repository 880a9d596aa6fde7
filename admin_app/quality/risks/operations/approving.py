"""The analysis of risks as a whole is approved, with the risks as they stand that day."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from admin_app.core.actor import Actor
from admin_app.core.database import db, dumps
from admin_app.core.errors import Refused
from admin_app.core.formatting import day, plural
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.queries import the_provider
from admin_app.people.operations.checks import gathered
from admin_app.quality.checks import needed, past_day
from admin_app.quality.risks.models import Risk, RiskAnalysis, RiskMeasure

PIECE, SUBJECT = "risk-analysis", "risk-analysis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What is said of the analysis: its day, who was there, how it was made, what it concludes."""

    on: date | None
    present: str
    method: str
    conclusions: str


@act
def approve(approved: Approved, *, by: Actor, at: datetime) -> RiskAnalysis:
    """Approve the analysis: open risks and their measures are kept as they stand, with a hash.

    The decree of 2026 asks for an analysis of risks and imposes neither scale nor threshold; the
    evidence `risk-analysis` counts for a year.

    Raises:
        Refused: no risk is written down.
        Problems: a day to come, or nothing said.
    """
    with gathered() as attempt:
        clean = attempt(lambda: _checked(approved, at))
        risks = attempt(_snapshot)
    row = RiskAnalysis(
        approved_on=clean.on,
        approved_by=by.label,
        present=clean.present,
        method=clean.method,
        conclusions=clean.conclusions,
        risks=risks,
        sha256=hashlib.sha256(dumps(risks).encode()).hexdigest(),
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    _prove(row, by=by, at=at)
    return row


def _prove(row: RiskAnalysis, *, by: Actor, at: datetime) -> None:
    words = f"Analyse des risques approuvée le {day(row.approved_on)}"
    evidence.record(
        PIECE,
        scope=("provider", the_provider().id),
        label=f"{words} : {plural(len(row.risks), 'risque')}",
        occurred_on=row.approved_on,
        by=by,
        at=at,
        source=(SUBJECT, row.id),
        facts={"risks_sha256": row.sha256, "conclusions": row.conclusions},
    )
    record("risks.approve", by=by, at=at, subject=(SUBJECT, row.id), summary=f"{words}.")


def _checked(approved: Approved, at: datetime) -> Approved:
    with gathered() as attempt:
        on = attempt(lambda: past_day(approved.on, at, "on"))
        present = attempt(lambda: needed(approved.present, "Dites qui était là.", "present", 500))
        method = attempt(
            lambda: needed(approved.method, "Dites comment l’analyse a été menée.", "method")
        )
        conclusions = attempt(
            lambda: needed(approved.conclusions, "Écrivez ce que vous concluez.", "conclusions")
        )
    return replace(approved, on=on, present=present, method=method, conclusions=conclusions)


def _snapshot() -> list[dict[str, Any]]:
    risks = db.session.scalars(
        select(Risk)
        .where(Risk.closed_on.is_(None))
        .order_by((Risk.likelihood * Risk.impact).desc(), Risk.id)
    ).all()
    if not risks:
        raise Refused("Aucun risque n’est écrit : il n’y a rien à approuver.", "on")
    measures: dict[int, list[RiskMeasure]] = {}
    statement = select(RiskMeasure).where(RiskMeasure.dropped_on.is_(None)).order_by(RiskMeasure.id)
    for one in db.session.scalars(statement):
        measures.setdefault(one.risk_id, []).append(one)
    return [_line(one, measures.get(one.id, [])) for one in risks]


def _line(row: Risk, measures: list[RiskMeasure]) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "title": row.title,
        "domain": row.domain,
        "likelihood": row.likelihood,
        "impact": row.impact,
        "owner": row.owner_name,
        "reviewed_on": row.reviewed_on.isoformat() if row.reviewed_on else None,
        "measures": [
            {
                "words": one.words,
                "owner": one.owner_name,
                "due_on": one.due_on.isoformat() if one.due_on else None,
                "done_on": one.done_on.isoformat() if one.done_on else None,
            }
            for one in measures
        ],
    }
