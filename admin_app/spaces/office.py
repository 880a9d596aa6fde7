"""The office's day, and the progress of long work."""

from flask import request, url_for
from werkzeug.wrappers import Response

from admin_app.core import clock, jobs
from admin_app.core.access import Pages, Permission, may_open
from admin_app.core.errors import Refused
from admin_app.core.pages import go, or_404, render
from admin_app.organisation.first_steps import steps_left
from admin_app.spaces import queries

pages = Pages("spaces", "office")


@pages.get("/aujourdhui", allow=Permission.COHORTS_READ)
def today() -> str:
    """What there is to do today, who owes what, and what is going on."""
    left = steps_left() if may_open("organisation_office.first_steps") else 0
    return render("spaces/today.html", day=queries.the_day(clock.today()), steps_left=left)


@pages.get("/travaux/<int:job_id>", allow=Permission.COHORTS_READ)
def job(job_id: int) -> str:
    """How far a piece of long work is; the fragment alone for htmx."""
    found = or_404(queries.job(job_id))
    template = "spaces/_job.html" if request.headers.get("HX-Request") else "spaces/job.html"
    return render(
        template,
        job=found,
        url=url_for("spaces_office.job", job_id=job_id),
        cancel_url=url_for("spaces_office.cancel_job", job_id=job_id),
    )


@pages.post("/travaux/<int:job_id>/arreter", allow=Permission.COHORTS_MANAGE)
def cancel_job(job_id: int) -> Response:
    """Ask a piece of long work to stop."""
    found = or_404(queries.job(job_id))
    try:
        jobs.cancel(found, at=clock.now())
        message = "Le travail s’arrête après l’étape en cours."
    except Refused as refused:
        message = refused.message
    return go("spaces_office.job", message, job_id=job_id)
