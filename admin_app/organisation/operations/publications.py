"""What is published is read again: the site, the brochures, the catalogue; what was put right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.checks import chosen, gathered, limited, needed, past_day
from admin_app.core.database import db
from admin_app.core.errors import Problems, Refused
from admin_app.core.formatting import day as day_words
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.models import PublicationReview
from admin_app.organisation.queries import the_provider
from admin_app.organisation.words import FINDINGS, MEDIA, POINTS

PIECE, SUBJECT = "communications-review", "publication-review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What was read again. `on` is never to come; `correct_by` is when the rest will be right.

    `media` are keys of `words.MEDIA`; `points` gives a key of `words.FINDINGS` to each point.
    """

    on: date | None
    who: str
    media: Sequence[str]
    points: Mapping[str, str]
    media_words: str = ""
    findings: str = ""
    corrections: str = ""
    correct_by: date | None = field(default=None)


@act
def review_publications(
    reread: Reread, *, by: Actor, at: datetime, origin: Origin | None = None
) -> PublicationReview:
    """Record a review of what is published; the evidence `communications-review` follows.

    Raises:
        Problems: a day to come, nobody, nothing read, a point without an answer, what was found
            or put right not said, or no day by which the rest will be.
    """
    row = PublicationReview(recorded_at=at, recorded_by=by.label)
    for name, value in _checked(reread, at).items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    evidence.record(
        PIECE,
        scope=("provider", the_provider().id),
        label=f"Publications relues par {row.reviewed_by} : {_media(row)}",
        occurred_on=row.reviewed_on,
        by=by,
        at=at,
        source=(SUBJECT, row.id),
        facts={
            "reviewed_on": row.reviewed_on.isoformat(),
            "reviewed_by": row.reviewed_by,
            "media": row.media,
            "points": row.points,
            "correct_by": row.correct_by.isoformat() if row.correct_by else None,
        },
    )
    _note(row, f"relues le {day_words(row.reviewed_on)} ({_media(row)})", by, at, origin)
    return row


@act
def correct_publications(
    row: PublicationReview,
    *,
    on: date | None,
    words: str,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> PublicationReview:
    """Say that what was left to be put right is.

    Raises:
        Refused: nothing waits, a day to come or before the review, or nothing is said.
    """
    if not row.waits or row.removed_at is not None:
        raise Refused("Rien n’attend de correction dans cette relecture.")
    with gathered() as attempt:
        day = attempt(lambda: past_day(on, at, "on", since=row.reviewed_on))
        text = attempt(lambda: needed(words, "Dites ce qui a été corrigé.", "words", 2_000))
    row.corrected_on, row.corrected_words = day, text
    _note(row, f"corrections faites le {day_words(day)}", by, at, origin)
    return row


@act
def remove_review(
    row: PublicationReview, why: str, *, by: Actor, at: datetime, origin: Origin | None = None
) -> PublicationReview:
    """Take away a review entered by mistake: it stays readable and proves nothing more.

    Raises:
        Refused: no reason, or it was taken away already.
    """
    if row.removed_at is not None:
        raise Refused("Cette relecture est déjà retirée.")
    row.removed_why = needed(why, "Dites pourquoi.", "why", 500)
    row.removed_at, row.removed_by = at, by.label
    evidence.withdraw_from((SUBJECT, row.id), why=row.removed_why, by=by, at=at)
    _note(row, "relecture retirée", by, at, origin)
    return row


def _checked(reread: Reread, at: datetime) -> dict[str, object]:
    with gathered() as attempt:
        values: dict[str, object] = {
            "reviewed_on": attempt(lambda: past_day(reread.on, at, "on")),
            "reviewed_by": attempt(lambda: needed(reread.who, "Dites qui a relu.", "who", 120)),
            "media": attempt(lambda: _read(reread.media)),
            "media_words": attempt(lambda: limited(reread.media_words, "media_words", 2_000)),
            "points": attempt(lambda: _points(reread.points)),
            "findings": attempt(lambda: limited(reread.findings, "findings")),
            "corrections": attempt(lambda: limited(reread.corrections, "corrections")),
            "correct_by": attempt(lambda: _correct_by(reread, at)),
        }
        attempt(lambda: _said(reread))
    return values


def _read(media: Sequence[str]) -> list[str]:
    if not media:
        raise Refused("Cochez ce qui a été relu.", "media")
    return [chosen(one, MEDIA, "media") for one in media]


def _points(points: Mapping[str, str]) -> dict[str, str]:
    missing = [
        Refused("Dites ce qu’il en est.", point)
        for point in POINTS
        if points.get(point, "") not in FINDINGS
    ]
    if missing:
        raise Problems(missing)
    return {point: points[point] for point in POINTS}


def _said(reread: Reread) -> None:
    """What is wrong is said, and so is what was put right."""
    found = set(reread.points.values())
    problems = []
    if found & {"corrected", "to-correct"} and not reread.findings.strip():
        problems.append(Refused("Dites ce qui était inexact, et où.", "findings"))
    if "corrected" in found and not reread.corrections.strip():
        problems.append(Refused("Dites ce qui a été corrigé.", "corrections"))
    if problems:
        raise Problems(problems)


def _correct_by(reread: Reread, at: datetime) -> date | None:
    if "to-correct" not in reread.points.values():
        return None
    if reread.correct_by is None:
        raise Refused("Dites pour quel jour le reste sera corrigé.", "correct_by")
    if reread.on is not None and reread.correct_by < reread.on:
        raise Refused("Ce jour est avant la relecture.", "correct_by")
    if (reread.correct_by - clock.day_of(at)).days > 366:
        raise Refused("Ce jour est trop loin : un an au plus.", "correct_by")
    return reread.correct_by


def _media(row: PublicationReview) -> str:
    return ", ".join(MEDIA[one] for one in row.media)


def _note(
    row: PublicationReview, words: str, by: Actor, at: datetime, origin: Origin | None
) -> None:
    record(
        "organisation.publications",
        by=by,
        at=at,
        summary=f"Publications : {words}.",
        subject=(SUBJECT, row.id),
        origin=origin,
    )
