"""`flask coverage`: what is covered, missing, due; and every gap of the house."""

from datetime import date
from typing import Any

import click
from flask.cli import AppGroup

from admin_app.cli.output import DAY, addresses, print_json, refuse, say
from admin_app.cohorts.queries import by_reference
from admin_app.core import clock
from admin_app.coverage import past, queries
from admin_app.coverage.acts import place_of
from admin_app.coverage.past import PastGap
from admin_app.coverage.queries import GapRow
from compliance import expectations as rules
from compliance.coverage import Gap, IndicatorCoverage
from compliance.errors import UnknownError
from compliance.facts import EvidenceFact
from compliance.vocabulary import PieceStatus

coverage = AppGroup("coverage", help="Ce qui est couvert, ce qui manque, et pourquoi.")
COMMANDS = (coverage,)


@coverage.command("show")
@click.argument("reference")
@click.option("--as-of", type=DAY, help="Le dossier tel qu’il était ce jour-là.")
@click.option("--audit-date", type=DAY, help="Le jour de l’audit : il décide de l’édition.")
@click.option("--json", "as_json", is_flag=True, help="Du JSON seul sur la sortie standard.")
def show(reference: str, as_of: date | None, audit_date: date | None, as_json: bool) -> None:
    """La couverture d’une session, indicateur par indicateur."""
    cohort = by_reference(reference)
    if cohort is None:
        refuse(f"Aucune session ne porte la référence « {reference} ».")
    try:
        found = queries.coverage_of(cohort, as_of=as_of, audit_date=audit_date)
    except UnknownError as unknown:
        refuse(str(unknown))
    with addresses():
        answer = {
            "cohort": cohort.reference,
            "edition": found.edition,
            "as_of": found.as_of,
            "audit_date": found.audit_date,
            "indicators": [_indicator(one, cohort.id) for one in found.indicators],
            "not_followed": [
                {"number": one.number, "key": one.key, "reason": one.reason}
                for one in found.not_followed
            ],
        }
    if as_json:
        print_json(answer)
        return
    for one in found.indicators:
        say(f"{one.number:>3}  {one.status.label:<15} {one.title}")
        for gap in one.gaps:
            say(f"     – {gap.sentence}")


@coverage.command("gaps")
@click.option("--as-of", type=DAY, help="Les manques tels qu’ils étaient ce jour-là.")
@click.option("--json", "as_json", is_flag=True, help="Du JSON seul sur la sortie standard.")
def gaps(as_of: date | None, as_json: bool) -> None:
    """Tout ce qui manque, est dû ou reste à examiner, du plus ancien au plus récent."""
    today = clock.today()
    day = as_of or today
    try:
        edition = queries.edition_in_use(day)
    except UnknownError as unknown:
        refuse(str(unknown))
    with addresses():
        if day >= today:
            found = [_row(row) for row in queries.all_gaps(day, edition.key)]
        else:
            found = [_past(one) for one in past.gaps_on(day)]
    say(f"Édition {edition.key} : {edition.title}.")
    if as_json:
        print_json(found)
        return
    for one in found:
        say(
            f"{one['due_on']}  {PieceStatus(one['status']).label:<12} "
            f"{one['cohort'] or 'organisme'}  {one['sentence']}"
        )


def _indicator(one: IndicatorCoverage, cohort_id: int) -> dict[str, Any]:
    return {
        "number": one.number,
        "key": one.key,
        "title": one.title,
        "status": one.status,
        "reasons": one.reasons,
        "evidence": [_evidence(fact) for fact in one.evidence],
        "gaps": [_gap(gap, cohort_id) for gap in one.gaps],
    }


def _evidence(fact: EvidenceFact) -> dict[str, Any]:
    return {
        "piece": fact.piece,
        "label": fact.label,
        "occurred_on": fact.occurred_on,
        "recorded_at": fact.recorded_at.isoformat(),
        "sha256": fact.sha256,
        "outcome": fact.outcome,
    }


def _gap(gap: Gap, cohort_id: int | None) -> dict[str, Any]:
    return {
        "piece": gap.piece,
        "for": gap.for_name,
        "owed_by": gap.owed_by,
        "due_on": gap.due_on,
        "status": gap.status,
        "sentence": gap.sentence,
        "url": place_of(gap.act, cohort_id, gap.scope_key)[0],
        "citations": [one.sentence for one in gap.citations],
    }


def _row(row: GapRow) -> dict[str, Any]:
    one = row.expectation
    return {
        "cohort": row.reference,
        "piece": one.piece,
        "for": one.for_name,
        "owed_by": one.owed_by,
        "due_on": one.due_on,
        "status": row.status,
        "sentence": one.oddity or one.sentence,
        "url": place_of(one.act, one.cohort_id, one.scope_id)[0],
        "citations": [text.sentence for text in rules.catalogue().piece(one.piece).citations],
    }


def _past(one: PastGap) -> dict[str, Any]:
    reference, key = (one.cohort.reference, one.cohort.id) if one.cohort else ("", None)
    return {"cohort": reference} | _gap(one.gap, key)
