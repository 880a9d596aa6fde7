"""The client's need, analysed with the client before agreeing."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from admin_app.cohorts.models import CohortClient
from admin_app.core import clock
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import day
from admin_app.core.transaction import act, all_locked, locked
from admin_app.documents.packing import digest
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.needs.models import NeedsAnalysis
from admin_app.people.models import Client

PIECE = "needs-analysis"
LONGEST = {"with_whom": 200, "led_by": 120}
LONG_TEXT = 10_000
ASKED = {
    "with_whom": "Dites avec qui le besoin a été analysé.",
    "led_by": "Dites qui a mené l’échange.",
    "context": "Décrivez le contexte.",
    "sponsor_expectations": "Décrivez ce qu’attend le commanditaire.",
    "trainee_expectations": "Décrivez ce qu’attendent les stagiaires, ou ce que l’on en sait.",
    "constraints": "Décrivez les contraintes ; s’il n’y en a pas, écrivez « aucune ».",
    "level": "Décrivez le niveau de départ des stagiaires.",
    "conclusions": "Concluez : ce que l’analyse change, ou ne change pas, à la formation.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisText:
    """What an analysis says. `held_on` is the day of the exchange with the client.

    Nothing here is about anybody's health: that goes to the disability officer alone.
    """

    held_on: date
    with_whom: str
    led_by: str
    context: str
    sponsor_expectations: str
    trainee_expectations: str
    constraints: str
    level: str
    conclusions: str


@act
def record_needs_analysis(
    text: AnalysisText,
    *,
    client_id: int,
    cohort_id: int | None = None,
    request_id: int | None = None,
    by: Actor,
    at: datetime,
) -> NeedsAnalysis:
    """Write an analysis down; it replaces the former one of that cohort or request (both stay).

    Leaves the evidence `needs-analysis` once it belongs to a cohort.

    Args:
        request_id: the request for adaptation that it answers, if any.
        at: UTC instant of recording; the exchange was held that day or before.

    Raises:
        Refused: a part is empty or too long, the day is to come, or the client is not in the
            cohort.
    """
    refuse_if_any(_problems(text, at))
    row = locked(_sponsor(cohort_id, client_id)) if cohort_id is not None else None
    _supersede(client_id, cohort_id, request_id, by, at)
    analysis = NeedsAnalysis(
        client_id=client_id,
        cohort_id=cohort_id,
        request_id=request_id,
        recorded_at=at,
        recorded_by=by.label,
        **_trimmed(text),
    )
    db.session.add(analysis)
    db.session.flush()
    _note(
        "analyse",
        analysis,
        f"Besoin analysé avec {_name(client_id)}, le {day(text.held_on)}.",
        by,
        at,
    )
    if row is not None:
        _leave_evidence(analysis, row)
    return analysis


@act
def link_to_cohort(
    analysis: NeedsAnalysis, cohort_id: int, *, by: Actor, at: datetime
) -> NeedsAnalysis:
    """Say for which cohort an analysis was made, once the cohort exists.

    Raises:
        Refused: its client is not in the cohort.
    """
    if analysis.cohort_id == cohort_id:
        return analysis
    row = _sponsor(cohort_id, analysis.client_id)
    if analysis.cohort_id is not None:
        _withdraw_evidence(analysis, "analyse rattachée à une autre session", by, at)
    analysis.cohort_id = cohort_id
    words = f"Analyse du besoin de {_name(analysis.client_id)} rattachée à la session."
    _note("link-analysis", analysis, words, by, at)
    _leave_evidence(analysis, row)
    return analysis


def _problems(text: AnalysisText, at: datetime) -> Iterator[Refused]:
    if text.held_on > clock.day_of(at):
        yield Refused("L’échange ne peut pas avoir eu lieu dans le futur.", "held_on")
    for name, message in ASKED.items():
        value = getattr(text, name).strip()
        most = LONGEST.get(name, LONG_TEXT)
        if not value:
            yield Refused(message, name)
        elif len(value) > most:
            yield Refused(f"{most} caractères au plus ; ce texte en compte {len(value)}.", name)


def _trimmed(text: AnalysisText) -> dict[str, Any]:
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(text).items()
    }


def _sponsor(cohort_id: int, client_id: int) -> CohortClient:
    row = db.session.scalar(
        select(CohortClient).where(
            CohortClient.cohort_id == cohort_id, CohortClient.client_id == client_id
        )
    )
    if row is None:
        raise Refused(
            f"{_name(client_id)} n’est pas un client de cette session : ajoutez-le d’abord."
        )
    return row


def _supersede(
    client_id: int, cohort_id: int | None, request_id: int | None, by: Actor, at: datetime
) -> None:
    for former in all_locked(_current(client_id, cohort_id, request_id)):
        former.superseded_at = at
        _withdraw_evidence(former, "remplacée par une analyse plus récente", by, at)


def _current(client_id: int, cohort_id: int | None, request_id: int | None) -> Any:
    statement = select(NeedsAnalysis).where(
        NeedsAnalysis.client_id == client_id, NeedsAnalysis.superseded_at.is_(None)
    )
    if request_id is not None:
        return statement.where(NeedsAnalysis.request_id == request_id)
    return statement.where(
        NeedsAnalysis.cohort_id == cohort_id
        if cohort_id is not None
        else NeedsAnalysis.cohort_id.is_(None) & NeedsAnalysis.request_id.is_(None)
    )


def _withdraw_evidence(analysis: NeedsAnalysis, why: str, by: Actor, at: datetime) -> None:
    if analysis.cohort_id is None:
        return
    row = _sponsor(analysis.cohort_id, analysis.client_id)
    evidence.withdraw_all(PIECE, scope=("client", row.id), why=why, by=by, at=at)


def _leave_evidence(analysis: NeedsAnalysis, row: CohortClient) -> None:
    """The piece is recorded when the analysis was, even when its cohort is known only later."""
    texts = {field.name: getattr(analysis, field.name) for field in fields(AnalysisText)}
    evidence.record(
        PIECE,
        scope=("client", row.id),
        label=f"Analyse du besoin avec {_name(analysis.client_id)}, menée par {analysis.led_by}",
        occurred_on=analysis.held_on,
        by=Actor(ActorKind.USER, analysis.recorded_by),
        at=analysis.recorded_at,
        source=("needs-analysis", analysis.id),
        facts={"held_on": analysis.held_on.isoformat(), "text_sha256": digest(texts)},
        cohort_id=row.cohort_id,
    )


def _name(client_id: int) -> str:
    client = db.session.get(Client, client_id)
    if client is None:
        raise Refused("Ce client n’existe plus.", "client_id")
    return client.name


def _note(action: str, analysis: NeedsAnalysis, words: str, by: Actor, at: datetime) -> None:
    record(
        f"needs.{action}",
        by=by,
        at=at,
        subject=("needs-analysis", analysis.id),
        cohort_id=analysis.cohort_id,
        summary=words,
        details={"request": analysis.request_id} if analysis.request_id else {},
    )
