"""Reading the journal."""

from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from admin_app.core.pages.listing import Prepared, prepared
from admin_app.core.search import holding
from admin_app.journal.models import JournalEntry


def entries(
    *, text: str = "", cohort_id: int | None = None, action: str = ""
) -> Select[JournalEntry]:
    """Entries, newest first, filtered."""
    statement = select(JournalEntry).order_by(JournalEntry.id.desc())
    if cohort_id is not None:
        statement = statement.where(JournalEntry.cohort_id == cohort_id)
    if action:
        statement = statement.where(JournalEntry.action.startswith(action))
    if text.strip():
        statement = statement.where(holding(text, JournalEntry.summary, JournalEntry.actor_label))
    return statement


@cache
def whole() -> Prepared:
    """All of it, newest first."""
    return prepared(entries().options(defer(JournalEntry.details)))  # shown nowhere


def of_subject(kind: str, key: int) -> Select[JournalEntry]:
    """Entries about one row, newest first."""
    return (
        select(JournalEntry)
        .where(JournalEntry.subject_kind == kind, JournalEntry.subject_id == key)
        .order_by(JournalEntry.id.desc())
    )
