"""The floor: a bare Flask page with one query and one template, on the same database.

What one would write first with the same tools: Flask-SQLAlchemy, one query that gives the 25 rows
that our lists show, one template file that puts them in a table. No layout, no account, no link.
"""

import os
from datetime import date
from pathlib import Path

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from benchmarks.doors import FLOOR

ROWS = 25


class Base(DeclarativeBase):
    """The base of the only row."""


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


class Cohort(Base):
    """The columns that the page shows."""

    __tablename__ = "cohort"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str]
    title: Mapped[str]
    modality: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


app = Flask(__name__, template_folder="templates")
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("LIASSE_DATABASE_URL") or (
    f"sqlite:///{Path(os.environ['LIASSE_INSTANCE']) / 'liasse.sqlite'}"
)
db.init_app(app)


@app.get(FLOOR)  # type: ignore[untyped-decorator]
def page() -> str:
    """Twenty-five rows in a table."""
    latest = select(Cohort).order_by(Cohort.starts_on.desc(), Cohort.id.desc()).limit(ROWS)
    return render_template("floor.html", rows=db.session.scalars(latest).all())
