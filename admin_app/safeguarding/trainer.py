"""A trainer reports, named or not, about one of their sessions or none."""

from flask import request
from flask_login import current_user

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import is_taught_by
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor
from admin_app.core.pages import invalid, keep, or_404, render
from admin_app.safeguarding import operations, views
from admin_app.safeguarding.forms import ReportForm

pages = Pages("safeguarding", "trainer", "/mes-sessions")


@pages.form("/signaler", allow=Permission.TRAINER_SPACE)
def report() -> str | tuple[str, int]:
    """Say what happened, to those who are named and nobody else."""
    cohort = _about(request.args.get("session", 0, type=int))
    form = ReportForm()
    if form.is_sent:
        told = form.told(
            "trainer",
            clock.today(),
            author_kind="trainer",
            author=current_user.name,
            cohort_id=cohort.id if cohort else None,
        )
        made = keep(form, lambda: operations.report(told, by=current_actor(), at=clock.now()))
        if made is not None:
            return render("safeguarding/trainer_told.html", **views.told_page(made, cohort))
    shown = invalid if request.method == "POST" else render
    return shown("safeguarding/trainer_report.html", **views.asking_page(form, cohort))


def _about(cohort_id: int) -> Cohort | None:
    if not cohort_id:
        return None
    return or_404(
        cohort_by_id(cohort_id) if is_taught_by(cohort_id, current_user.trainer_id) else None
    )
