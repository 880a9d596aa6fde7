"""What every act on a cohort begins and ends with."""

from datetime import datetime

from admin_app.cohorts.models import Cohort
from admin_app.core.actor import Actor
from admin_app.core.errors import Refused
from admin_app.core.transaction import touch_cohort, touch_scope
from admin_app.journal import operations as journal


def refuse_if_cancelled(cohort: Cohort) -> None:
    """Nothing more happens in a cancelled cohort.

    Raises:
        Refused: it is cancelled.
    """
    if cohort.cancelled_at is not None:
        raise Refused("Cette session est annulée : rétablissez-la avant de la modifier.")


def needed(text: str, message: str, field: str, most: int) -> str:
    """The trimmed text, which must say something within its limit.

    Raises:
        Refused: it is empty, or longer than `most` characters.
    """
    text = text.strip()
    if not text:
        raise Refused(message, field)
    return limited(text, field, most)


def limited(text: str, field: str, most: int) -> str:
    """The trimmed text, within its limit.

    Raises:
        Refused: it is longer than `most` characters.
    """
    text = text.strip()
    if len(text) > most:
        raise Refused(f"{most} caractères au plus ; ce texte en compte {len(text)}.", field)
    return text


def told(
    cohort: Cohort,
    action: str,
    summary: str,
    *,
    by: Actor,
    at: datetime,
    subject: tuple[str, int] | None = None,
    **details: object,
) -> None:
    """Write the act in the journal and say that the cohort has changed."""
    journal.record(
        f"cohorts.{action}",
        by=by,
        at=at,
        summary=summary,
        subject=subject or ("cohort", cohort.id),
        cohort_id=cohort.id,
        details=dict(details),
    )
    touch_cohort(cohort.id)


def touch_places(before: int | None, after: int | None) -> None:
    """Say that a place is used, or no longer: what is expected of it follows."""
    if before != after:
        for place_id in (before, after):
            if place_id is not None:
                touch_scope("place", place_id)
