"""The floor: a bare Flask page with one query and one template, on the same database."""

import os
from pathlib import Path

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

from benchmarks.doors import FLOOR

_ROWS = text(
    "SELECT reference, title, starts_on, ends_on FROM cohort "
    "ORDER BY starts_on DESC, id DESC LIMIT 25"
)

app = Flask(__name__, template_folder="templates")
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("LIASSE_DATABASE_URL") or (
    f"sqlite:///{Path(os.environ['LIASSE_INSTANCE']) / 'liasse.sqlite'}"
)
db = SQLAlchemy(app)


@app.get(FLOOR)  # type: ignore[untyped-decorator]
def page() -> str:
    """Twenty-five rows in a table."""
    return render_template("floor.html", rows=db.session.execute(_ROWS).all())
