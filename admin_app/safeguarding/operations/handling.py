"""What is done about a report: dated, by its kind alone; then it is closed."""

from datetime import date, datetime, timedelta

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.checks import needed
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.organisation.queries import house_document_on
from admin_app.safeguarding.models import NarrativeNote, Report, ReportAction
from admin_app.safeguarding.operations.common import (
    LONG,
    SUBJECT,
    checked_day,
    noted,
    refuse_if_closed,
    refuse_unless_reader,
)
from admin_app.safeguarding.words import ACTIONS, CATEGORIES, OUTCOMES, SANCTION

PIECE = "report-handled"
LONGEST_KEPT = timedelta(days=10 * 366)


@act
def qualify(
    row: Report, *, category: str, cohort_id: int | None, by: Actor, at: datetime
) -> Report:
    """Correct the kind of a report and the cohort that it is about.

    Raises:
        Problems: the category or the cohort is unknown.
        Refused: it is closed, or that person is not named.
    """
    refuse_unless_reader(by, at)
    refuse_if_closed(row)
    problems = []
    if category not in CATEGORIES:
        problems.append(Refused("Choisissez dans la liste.", "category"))
    if cohort_id is not None and db.session.get(Cohort, cohort_id) is None:
        problems.append(Refused("Cette session n’existe pas.", "cohort"))
    refuse_if_any(problems)
    row.category, row.cohort_id = category, cohort_id
    noted(row, "qualify", "fiche corrigée.", by=by, at=at)
    return row


@act
def add_action(row: Report, kind: str, *, on: date | None, by: Actor, at: datetime) -> ReportAction:
    """Note what was done, by its kind and its day; a sanction names the house rules in force.

    Raises:
        Refused: it is closed, the kind or the day is wrong, no house rules were in force for a
            sanction, or that person is not named.
    """
    refuse_unless_reader(by, at)
    refuse_if_closed(row)
    if kind not in ACTIONS:
        raise Refused("Choisissez dans la liste.", "kind")
    day = checked_day(on, row, at, "on")
    made = ReportAction(
        report_id=row.id,
        kind=kind,
        done_on=day,
        house_rules_version=_rules_on(day) if kind == SANCTION else None,
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(made)
    db.session.flush()
    noted(row, "action", "une mesure est notée.", by=by, at=at)
    return made


@act
def add_note(row: Report, text: str, *, by: Actor, at: datetime) -> NarrativeNote:
    """Keep what was said since, with what was told; it is erased with it.

    Raises:
        Refused: nothing is written, what was told was erased, or that person is not named.
    """
    refuse_unless_reader(by, at)
    if row.narrative_erased_at is not None:
        raise Refused("Le récit a été effacé : plus rien ne s’y ajoute.")
    kept = needed(text, "Écrivez la note.", "text", LONG)
    made = NarrativeNote(report_id=row.id, written_at=at, written_by=by.label, text=kept)
    db.session.add(made)
    db.session.flush()
    noted(row, "note", "une note est ajoutée au récit.", by=by, at=at)
    db.session.expunge(made)
    return made


@act
def close(
    row: Report, *, how: str, on: date | None, erase_after: date | None, by: Actor, at: datetime
) -> Report:
    """Close a report; the evidence says that it was handled, no more.

    Args:
        how: a key of `words.OUTCOMES`, for the register alone.
        erase_after: the last day on which what was told is kept (inclusive).

    Raises:
        Problems: the outcome, the day or the last day of keeping is wrong.
        Refused: it is closed, nothing was done yet, or that person is not named.
    """
    refuse_unless_reader(by, at)
    refuse_if_closed(row)
    refuse_if_any(_closing_problems(row, how, erase_after, at))
    day = checked_day(on, row, at, "on")
    row.closed_on, row.closed_how, row.closed_by = day, how, by.label
    row.erase_after = erase_after
    noted(row, "close", "clos.", by=by, at=at)
    evidence.record(
        PIECE,
        scope=(SUBJECT, row.id),
        label=f"Signalement {row.reference} traité",
        occurred_on=day,
        by=by,
        at=at,
        source=(SUBJECT, row.id),
        facts={"received_on": row.received_on.isoformat(), "closed_on": day.isoformat()},
    )
    return row


@act
def reopen(row: Report, *, by: Actor, at: datetime) -> Report:
    """Open a closed report again: its closing is withdrawn and stays readable.

    Raises:
        Refused: it is open, or that person is not named.
    """
    refuse_unless_reader(by, at)
    if row.closed_on is None:
        raise Refused("Ce signalement est déjà ouvert.")
    row.closed_on, row.closed_how, row.closed_by, row.erase_after = None, "", "", None
    noted(row, "reopen", "rouvert.", by=by, at=at)
    scope = (SUBJECT, row.id)
    evidence.withdraw_all(PIECE, scope=scope, why="Signalement rouvert.", by=by, at=at)
    return row


def _closing_problems(
    row: Report, how: str, erase_after: date | None, at: datetime
) -> list[Refused]:
    problems, today = [], clock.day_of(at)
    if how not in OUTCOMES:
        problems.append(Refused("Choisissez la suite donnée.", "how"))
    if row.narrative_erased_at is not None:
        return problems
    if erase_after is None:
        problems.append(Refused("Choisissez jusqu’à quand le récit est gardé.", "erase_after"))
    elif erase_after < today:
        problems.append(Refused("Choisissez aujourd’hui ou un jour à venir.", "erase_after"))
    elif erase_after > today + LONGEST_KEPT:
        problems.append(Refused("C’est trop loin : dix ans au plus.", "erase_after"))
    return problems


def _rules_on(day: date) -> int:
    rules = house_document_on("house-rules", day)
    if rules is None:
        raise Refused("Aucun règlement intérieur n’était en vigueur ce jour-là.", "kind")
    return rules.version
