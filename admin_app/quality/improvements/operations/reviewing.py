"""Once a year: the review of the actions, the analysis of what everybody said."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day, day_range
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.queries import the_provider
from admin_app.people.operations.checks import gathered
from admin_app.quality.checks import chosen, needed, past_day
from admin_app.quality.improvements.models import QualityReview
from admin_app.quality.improvements.words import REVIEWS

SUBJECT = "quality-review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A review as it was held: its day, its period (both days inclusive), who was there."""

    kind: str
    held_on: date | None
    period_from: date
    period_to: date
    present: str
    findings: str
    decisions: str


@act
def hold(held: Held, figures: list[dict[str, Any]], *, by: Actor, at: datetime) -> QualityReview:
    """Keep a review with the figures that were looked at; its piece follows.

    Raises:
        Problems: a day to come, a period that ends after it or before it begins, or nothing said.
    """
    held = _checked(held, at)
    row = QualityReview(
        kind=held.kind,
        held_on=held.held_on,
        period_from=held.period_from,
        period_to=held.period_to,
        present=held.present,
        findings=held.findings,
        decisions=held.decisions,
        figures=figures,
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    _prove(row, by=by, at=at)
    words = f"{REVIEWS[row.kind].capitalize()} tenue le {day(row.held_on)}."
    _told(row, "review", words, by=by, at=at)
    return row


@act
def set_aside(row: QualityReview, why: str, *, by: Actor, at: datetime) -> QualityReview:
    """Set a review aside (entered by mistake); it stays readable, its evidence is withdrawn.

    Raises:
        Refused: it is set aside already, or no reason is given.
    """
    if row.removed_at is not None:
        raise Refused("Elle est déjà écartée.")
    row.removed_why = needed(why, "Dites pourquoi.", "why", 300)
    row.removed_at, row.removed_by = at, by.label
    evidence.withdraw_from((SUBJECT, row.id), why=row.removed_why, by=by, at=at)
    words = f"{REVIEWS[row.kind].capitalize()} du {day(row.held_on)} écartée."
    _told(row, "review-removed", words, by=by, at=at)
    return row


def _checked(held: Held, at: datetime) -> Held:
    with gathered() as attempt:
        attempt(lambda: chosen(held.kind, REVIEWS, "kind"))
        on = attempt(lambda: past_day(held.held_on, at, "held_on", since=held.period_from))
        attempt(lambda: _check_period(held))
        present = attempt(lambda: needed(held.present, "Dites qui était là.", "present", 500))
        findings = attempt(
            lambda: needed(held.findings, "Écrivez ce qui a été constaté.", "findings")
        )
        decisions = attempt(
            lambda: needed(held.decisions, "Écrivez ce qui a été décidé.", "decisions")
        )
    return replace(held, held_on=on, present=present, findings=findings, decisions=decisions)


def _check_period(held: Held) -> None:
    if held.period_to < held.period_from:
        raise Refused("Cette période se termine avant de commencer.", "held_on")
    if held.held_on is not None and held.period_to > held.held_on:
        words = "La période regardée se termine après ce jour : changez l’un ou l’autre."
        raise Refused(words, "held_on")


def _prove(row: QualityReview, *, by: Actor, at: datetime) -> None:
    period = day_range(row.period_from, row.period_to)
    evidence.record(
        row.kind,
        scope=("provider", the_provider().id),
        label=f"{REVIEWS[row.kind].capitalize()}, période : {period}",
        occurred_on=row.held_on,
        by=by,
        at=at,
        source=(SUBJECT, row.id),
        facts={
            "period_from": row.period_from.isoformat(),
            "period_to": row.period_to.isoformat(),
            "figures": row.figures,
            "findings": row.findings,
            "decisions": row.decisions,
        },
    )


def _told(row: QualityReview, action: str, words: str, *, by: Actor, at: datetime) -> None:
    record(f"improvements.{action}", by=by, at=at, subject=(SUBJECT, row.id), summary=words)
