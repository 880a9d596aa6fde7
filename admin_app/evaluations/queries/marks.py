"""The marks that people gave, read in the database."""

from sqlalchemy import ColumnElement, case

from admin_app.evaluations.models import Survey
from admin_app.questionnaires.forms import SCALE


def mark(key: str) -> ColumnElement[int]:
    """The mark, 1 to 5, given to that question; null when none was, or when words were.

    The same key asks for a mark in a questionnaire and for words in another: a cast would fail on
    PostgreSQL, whatever the rows that are kept afterwards.
    """
    marks = {sent: int(sent) for sent, _ in SCALE}
    return case(marks, value=Survey.answers[key].as_string())
