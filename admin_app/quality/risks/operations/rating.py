"""A risk is written down, rated, looked at again, closed. Ratings are only ever added."""

from dataclasses import dataclass
from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act
from admin_app.documents.numbering import next_number
from admin_app.evidence import operations as evidence
from admin_app.people.operations.checks import gathered
from admin_app.quality import owners
from admin_app.quality.checks import chosen, limited, needed, past_day
from admin_app.quality.risks.models import Risk, RiskRating
from admin_app.quality.risks.operations.common import SUBJECT, refuse_if_closed, told
from admin_app.quality.risks.words import DOMAINS, IMPACTS, LIKELIHOODS, rating_words

PREFIX = "RISQ"
REVIEWED = "risk-reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a risk is, and who watches it. `domain` is a key of `words.DOMAINS`."""

    title: str
    domain: str
    causes: str = ""
    effects: str = ""
    owner_id: int = 0
    owner_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """How a risk is rated on a day: both figures go from 1 to 4."""

    on: date | None
    likelihood: int
    impact: int
    why: str


@act
def write_down(described: Described, rated: Rated, *, by: Actor, at: datetime) -> Risk:
    """Write a risk down with its first rating; it is to be looked at again within a year.

    Raises:
        Problems: no title, an unknown domain, nobody in charge, a figure out of the scale, a day
            to come, or no reason for the rating.
    """
    with gathered() as attempt:
        values = attempt(lambda: _described(described, at))
        on = attempt(lambda: _check_rating(rated, at))
    row = Risk(
        reference=next_number(PREFIX, clock.day_of(at).year),
        likelihood=rated.likelihood,
        impact=rated.impact,
        created_on=on,
        recorded_at=at,
        recorded_by=by.label,
        **values,
    )
    db.session.add(row)
    db.session.flush()
    _add_rating(row, rated, on, by=by, at=at)
    words = f"écrit, jugé {rating_words(row.likelihood, row.impact)}"
    told(row, "write", words, by=by, at=at)
    return row


@act
def describe(row: Risk, described: Described, *, by: Actor, at: datetime) -> Risk:
    """Change what a risk is or who watches it; its ratings stand.

    Raises:
        Refused: it is closed.
        Problems: as for `write_down`.
    """
    refuse_if_closed(row)
    for name, value in _described(described, at).items():
        setattr(row, name, value)
    told(row, "describe", "fiche modifiée", by=by, at=at)
    return row


@act
def review(row: Risk, rated: Rated, *, by: Actor, at: datetime) -> Risk:
    """Look at a risk again and rate it, as before or otherwise: `risk-reviewed` follows.

    Raises:
        Refused: it is closed.
        Problems: a figure out of the scale, a day to come or before the last rating, no reason.
    """
    refuse_if_closed(row)
    on = _check_rating(rated, at, since=row.reviewed_on or row.created_on)
    former = (row.likelihood, row.impact)
    _add_rating(row, rated, on, by=by, at=at)
    row.likelihood, row.impact, row.reviewed_on = rated.likelihood, rated.impact, on
    is_same = former == (row.likelihood, row.impact)
    words = rating_words(row.likelihood, row.impact)
    evidence.record(
        REVIEWED,
        scope=(SUBJECT, row.id),
        label=f"Risque {row.reference}, « {row.title} », revu : {words}",
        occurred_on=on,
        by=by,
        at=at,
        source=(SUBJECT, row.id),
        facts={
            "likelihood": row.likelihood,
            "impact": row.impact,
            "former": list(former),
            "why": rated.why.strip(),
        },
    )
    again = f"revu, toujours {words}" if is_same else f"revu, désormais {words}"
    told(row, "review", again, by=by, at=at)
    return row


@act
def close(row: Risk, *, on: date | None, why: str, by: Actor, at: datetime) -> Risk:
    """Close a risk that is one no more, with the reason.

    Raises:
        Refused: it is closed already.
        Problems: a day to come or before it was written, or no reason.
    """
    refuse_if_closed(row)
    with gathered() as attempt:
        when = attempt(lambda: past_day(on, at, "on", since=row.created_on))
        text = attempt(lambda: needed(why, "Dites pourquoi ce n’est plus un risque.", "why"))
    row.closed_on, row.closed_by, row.closed_why = when, by.label, text
    told(row, "close", f"clos le {day(when)}", by=by, at=at)
    return row


@act
def reopen(row: Risk, why: str, *, by: Actor, at: datetime) -> Risk:
    """Reopen a risk, with the reason.

    Raises:
        Refused: it is not closed, or no reason is given.
    """
    if row.closed_on is None:
        raise Refused("Ce risque n’est pas clos.")
    reason = needed(why, "Dites pourquoi.", "why", 500)
    row.closed_on, row.closed_by, row.closed_why = None, "", ""
    told(row, "reopen", f"rouvert ({reason})", by=by, at=at)
    return row


def _add_rating(row: Risk, rated: Rated, on: date, *, by: Actor, at: datetime) -> None:
    db.session.add(
        RiskRating(
            risk_id=row.id,
            rated_on=on,
            rated_by=by.label,
            likelihood=rated.likelihood,
            impact=rated.impact,
            why=rated.why.strip(),
            recorded_at=at,
        )
    )


def _check_rating(rated: Rated, at: datetime, *, since: date | None = None) -> date:
    with gathered() as attempt:
        on = attempt(lambda: past_day(rated.on, at, "on", since=since))
        attempt(lambda: _in_scale(rated.likelihood, LIKELIHOODS, "likelihood"))
        attempt(lambda: _in_scale(rated.impact, IMPACTS, "impact"))
        attempt(lambda: needed(rated.why, "Dites pourquoi cette cotation.", "why"))
    return on


def _in_scale(value: int, scale: dict[int, str], field: str) -> None:
    if value not in scale:
        raise Refused("Choisissez un degré de l’échelle.", field)


def _described(described: Described, at: datetime) -> dict[str, object]:
    with gathered() as attempt:
        title = attempt(lambda: needed(described.title, "Donnez un titre.", "title", 200))
        attempt(lambda: chosen(described.domain, DOMAINS, "domain"))
        causes = attempt(lambda: limited(described.causes, "causes"))
        effects = attempt(lambda: limited(described.effects, "effects"))
        owner = attempt(lambda: owners.chosen(described.owner_id, described.owner_name, at))
    return {
        "title": title,
        "domain": described.domain,
        "causes": causes,
        "effects": effects,
        "owner_id": owner.id,
        "owner_name": owner.name,
    }
