"""Publishing results: the figures of a period are worked out, frozen, and shown to the public."""

from datetime import date, datetime, timedelta

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import day_range
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.practices.queries import value_on
from admin_app.programmes.models import Programme
from admin_app.results.models import PublishedResults
from admin_app.results.queries import measured

PIECE, METHOD = "published-results", "results-method"
FEWEST = "results-fewest-people"
LONGEST_DAYS = 5 * 366


@act
def publish_results(
    programme: Programme | None,
    *,
    first: date,
    last: date,
    comment: str = "",
    by: Actor,
    at: datetime,
) -> PublishedResults:
    """Freeze and publish the figures of the cohorts that ended between two days, inclusive.

    A figure that rests on fewer people than the dated value `results-fewest-people` is published
    without its value. For a programme it leaves `published-results` and `results-method`.

    Args:
        programme: None for the whole house.
        comment: what helps to read the figures (causes of dropouts, a change of method).

    Raises:
        Problems: the days do not hold, the period is not over, or the comment is too long.
        Refused: no trainee began in that period.
    """
    refuse_if_any(_problems(first, last, comment, clock.day_of(at)))
    fewest = value_on(FEWEST, clock.day_of(at))
    found = measured(programme.id if programme else None, first, last)
    if not found[0].whole:
        raise Refused("Aucun stagiaire sur cette période : il n’y a rien à publier.", "first")
    row = PublishedResults(
        programme_id=programme.id if programme else None,
        starts_on=first,
        ends_on=last,
        threshold=fewest,
        figures=[one.published(fewest) for one in found],
        comment=comment.strip(),
        published_at=at,
        published_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    if programme is not None:
        _leave_evidence(programme, row, by=by, at=at)
    _note("published", row, programme, by, at)
    return row


@act
def withdraw_results(
    row: PublishedResults, *, why: str, by: Actor, at: datetime
) -> PublishedResults:
    """Show a publication to the public no more; it stays readable, with the reason.

    The one before is shown again, if there is one.

    Raises:
        Refused: it is withdrawn already, or no reason is given.
    """
    reason = why.strip()
    if not reason:
        raise Refused("Indiquez pourquoi.", "why")
    if len(reason) > 300:
        raise Refused("300 caractères au plus.", "why")
    if row.withdrawn_at is not None:
        raise Refused("Cette publication est déjà retirée.")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = at, by.label, reason
    evidence.withdraw_from((PIECE, row.id), why=reason, by=by, at=at)
    programme = db.session.get(Programme, row.programme_id) if row.programme_id else None
    _note("withdrawn", row, programme, by, at)
    return row


def _problems(first: date, last: date, comment: str, today: date) -> list[Refused]:
    found = []
    if last >= today:
        found.append(Refused("La période doit être terminée : choisissez un jour passé.", "last"))
    if first > last:
        found.append(Refused("La période finit avant de commencer.", "last"))
    elif last - first > timedelta(days=LONGEST_DAYS):
        found.append(Refused("Cinq ans au plus.", "first"))
    if len(comment.strip()) > 4000:
        found.append(Refused("4000 caractères au plus.", "comment"))
    return found


def _leave_evidence(
    programme: Programme, row: PublishedResults, *, by: Actor, at: datetime
) -> None:
    when = day_range(row.starts_on, row.ends_on)
    facts = {
        PIECE: {one["key"]: {"value": one["value"], "whole": one["whole"]} for one in row.figures},
        METHOD: {
            one["key"]: {name: one[name] for name in ("formula", "population", "source")}
            for one in row.figures
        },
    }
    labels = {PIECE: "Résultats publiés", METHOD: "Méthode de calcul publiée"}
    for piece, label in labels.items():
        evidence.record(
            piece,
            scope=("catalogue-entry", programme.id),
            label=f"{label} – {programme.title}, {when}",
            occurred_on=clock.day_of(at),
            by=by,
            at=at,
            source=(PIECE, row.id),
            facts={
                "starts_on": row.starts_on.isoformat(),
                "ends_on": row.ends_on.isoformat(),
                "figures": facts[piece],
            },
        )


def _note(
    action: str, row: PublishedResults, programme: Programme | None, by: Actor, at: datetime
) -> None:
    words = {"published": "publiés", "withdrawn": "retirés"}[action]
    about = programme.title if programme else "toutes formations"
    record(
        f"results.{action}",
        by=by,
        at=at,
        subject=("programme", programme.id) if programme else None,
        summary=f"Résultats {words} : {about}, {day_range(row.starts_on, row.ends_on)}.",
        details={"publication": row.id},
    )
