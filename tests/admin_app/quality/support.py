"""What the tests of the registers share."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from admin_app.core.database import db
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]


def page(reply: TestResponse) -> BeautifulSoup:
    """The page, to be looked into."""
    return BeautifulSoup(reply.data, "html.parser")


def words(reply: TestResponse) -> str:
    """The words of the page, with plain spaces."""
    text = page(reply).get_text(" ").replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(text.split())


def error_of(reply: TestResponse, field: str) -> str:
    """What is said beside that field; empty when nothing is."""
    found = page(reply).find(id=f"{field}-erreur")
    return found.get_text(" ").replace("\u00a0", " ") if found else ""


def proofs(piece: str) -> list[Evidence]:
    """The evidence of that piece that stands, in order."""
    db.session.expire_all()
    statement = select(Evidence).where(Evidence.piece == piece, Evidence.withdrawn_at.is_(None))
    return list(db.session.scalars(statement.order_by(Evidence.id)))


def rows(model: type) -> int:
    """How many rows there are."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def journal(action: str) -> list[str]:
    """What the journal says of that action, in order."""
    statement = select(JournalEntry.summary).where(JournalEntry.action == action)
    return list(db.session.scalars(statement.order_by(JournalEntry.id)))


def statements(client: FlaskClient, path: str) -> int:
    """How many statements that page costs."""
    db.session.remove()
    with counted() as seen:
        assert client.get(path).status_code == 200
    return len(seen)
