"""A trainee reports from the personal link, named or not."""

from flask import g, request, url_for

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import enrolled
from admin_app.core import clock
from admin_app.core.access import Pages, Purpose, current_actor, linked
from admin_app.core.pages import invalid, keep, or_404, render
from admin_app.safeguarding import operations, views
from admin_app.safeguarding.forms import ReportForm

pages = Pages("safeguarding", "trainee")
MINE = linked(Purpose.TRAINEE_FILE, Purpose.SIGNING, Purpose.POSITIONING)


@pages.form("/l/<token>/signaler", allow=MINE)
def report(token: str) -> str | tuple[str, int]:
    """Say what happened, to those who are named and nobody else."""
    person = or_404(enrolled(g.link.subject_id))
    cohort = or_404(cohort_by_id(person.enrolment.cohort_id))
    form, home_url = ReportForm(), url_for("spaces_public.personal", token=token)
    if form.is_sent:
        told = form.told(
            "link",
            clock.today(),
            author_kind="trainee",
            author=person.trainee.name,
            cohort_id=cohort.id,
        )
        made = keep(form, lambda: operations.report(told, by=current_actor(), at=clock.now()))
        if made is not None:
            page = views.told_page(made, cohort) | {"home_url": home_url}
            return render("safeguarding/linked_told.html", **page)
    page = views.asking_page(form, cohort) | {"home_url": home_url}
    shown = invalid if request.method == "POST" else render
    return shown("safeguarding/linked_report.html", **page)
