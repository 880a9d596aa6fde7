"""The application, with the number of SQL statements of each answer in a header.

Used by `script/bench` alone: nothing of this is in the application that people run.
"""

from threading import local
from typing import Any

from flask import Response
from sqlalchemy import event

from admin_app.core.database import db
from wsgi import app

HEADER = "X-Liasse-Statements"
NOT_COUNTED = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")
_seen = local()


def _begin() -> None:
    _seen.statements = []


def _note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if not statement.startswith(NOT_COUNTED):
        vars(_seen).setdefault("statements", []).append(statement)


def _tell(response: Response) -> Response:
    response.headers[HEADER] = str(len(_seen.statements))
    return response


app.before_request_funcs.setdefault(None, []).insert(0, _begin)
app.after_request_funcs.setdefault(None, []).insert(0, _tell)
with app.app_context():
    event.listen(db.engine, "before_cursor_execute", _note)
