"""What the database refuses because of someone else, said as an act is refused."""

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from admin_app.core.errors import Overtaken

SAME = (
    "Quelqu’un vient de faire la même chose : rechargez la page pour voir où cela en est. "
    "Rien de ce que vous avez envoyé n’a été enregistré."
)
GONE = (
    "Ce que vous changez vient d’être retiré ou remplacé : rechargez la page. "
    "Rien de ce que vous avez envoyé n’a été enregistré."
)
BUSY = (
    "Quelqu’un changeait la même chose au même moment : recommencez. "
    "Rien de ce que vous avez envoyé n’a été enregistré."
)
# states of SQL on PostgreSQL, names on SQLite; what is not here is a fault of ours, and stays one
WORDS = {
    "23505": SAME,  # unique
    "SQLITE_CONSTRAINT_UNIQUE": SAME,
    "SQLITE_CONSTRAINT_PRIMARYKEY": SAME,
    "23503": GONE,  # names a row that is gone, or is named by one that came
    "SQLITE_CONSTRAINT_FOREIGNKEY": GONE,
    "40001": BUSY,  # could not be done in turn
    "40P01": BUSY,  # each waited for the other
    "55P03": BUSY,
    "SQLITE_BUSY": BUSY,
    "SQLITE_BUSY_SNAPSHOT": BUSY,
}


def overtaken_by(error: BaseException) -> Overtaken | None:
    """The refusal to which a database's error comes down, when someone else was first.

    Returns:
        None when it is another error: a column left empty, a statement that is wrong…
    """
    if isinstance(error, StaleDataError | ObjectDeletedError):
        return Overtaken(GONE)
    if isinstance(error, IntegrityError | OperationalError):
        words = WORDS.get(_code(error))
        return Overtaken(words) if words else None
    return None


def _code(error: DBAPIError) -> str:
    said = error.orig
    return str(getattr(said, "sqlstate", "") or getattr(said, "sqlite_errorname", ""))
