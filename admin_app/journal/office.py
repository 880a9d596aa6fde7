"""The journal, for those who may read it."""

from flask import request

from admin_app.core.access import Pages, Permission
from admin_app.core.pages import page_number, paginate, render
from admin_app.journal import queries

pages = Pages("journal", "office")


@pages.get("/journal", allow=Permission.JOURNAL_READ)
def index() -> str:
    """Who did what, when, newest first."""
    text = request.args.get("q", "")
    page = paginate(queries.entries(text=text) if text else queries.whole(), page_number(), 50)
    return render("journal/index.html", page=page, text=text)
