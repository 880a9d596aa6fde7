"""Anyone reports, named or not. No address and no name of theirs reaches the journal."""

from flask import request

from admin_app.accounts.limits import limiter
from admin_app.core import clock
from admin_app.core.access import PUBLIC, Pages, current_actor
from admin_app.core.pages import invalid, keep, render
from admin_app.safeguarding import operations, views
from admin_app.safeguarding.forms import PublicReportForm

pages = Pages("safeguarding", "public", prefix="/signaler")


@pages.form("", allow=PUBLIC)
@limiter.limit("20 per hour", methods=["POST"])
def report() -> str | tuple[str, int]:
    """Say what happened, to those who are named and nobody else."""
    form = PublicReportForm()
    if form.is_sent:
        told = form.told(
            "public",
            clock.today(),
            text=form.whole_text,
            author_kind=form.author_kind.data,
            author=form.author.data or "",
        )
        made = keep(form, lambda: operations.report(told, by=current_actor(), at=clock.now()))
        if made is not None:
            return render("safeguarding/told.html", **views.told_page(made))
    shown = invalid if request.method == "POST" else render
    return shown("safeguarding/report.html", **views.asking_page(form))
