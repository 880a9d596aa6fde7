"""Certificates, for the office: issued in one go, sent in one go."""

from collections.abc import Callable

from flask import request, url_for
from werkzeug.wrappers import Response

from admin_app.certificates import operations
from admin_app.certificates.forms import KnowinglyForm
from admin_app.certificates.gathering import KINDS, candidates
from admin_app.certificates.opened import opened
from admin_app.certificates.queries import current
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.pages import go, invalid, or_404, refused_at, render

Reply = str | tuple[str, int] | Response

pages = Pages("certificates", "office", "/sessions/<int:cohort_id>/certificats")


@pages.get("", allow=Permission.CERTIFICATES_ISSUE)
def index(cohort_id: int) -> str:
    """Who has which certificate, and what stands in the way of the others."""
    found = _cohort(cohort_id)
    standing = current(cohort_id)
    people = candidates(found)
    return render(
        "certificates/index.html",
        cohort=found,
        people=people,
        standing=standing,
        kinds=KINDS,
        ready=sum(not one.obstacle for one in people),
        unsent=sum(one.sent_at is None for one, _ in standing.values()),
        changed={
            key
            for (kind, key), (row, _) in standing.items()
            for one in people
            if one.enrolment.id == key
            and one.hours is not None
            and one.hours.attended != row.attended_minutes
        },
    )


@pages.form("/etablir", allow=Permission.CERTIFICATES_ISSUE)
def issue(cohort_id: int) -> Reply:
    """Issue them all, with progress; what is open is read first."""

    def act(cohort: Cohort, why: str) -> Response:
        back = url_for("certificates_office.index", cohort_id=cohort_id)
        job = operations.start_issuing(
            cohort, back_url=back, despite=why, by=current_actor(), at=clock.now()
        )
        return go("spaces_office.job", job_id=job.id)

    return _knowingly(cohort_id, "issue", act)


@pages.form("/envoyer", allow=Permission.CERTIFICATES_ISSUE)
def send(cohort_id: int) -> Reply:
    """Send those not sent yet; what is open is read first."""

    def act(cohort: Cohort, why: str) -> Response:
        sent = operations.send_certificates(cohort, despite=why, by=current_actor(), at=clock.now())
        message = f"Envoyés à {plural(sent, 'stagiaire')}." if sent else "Tout a déjà été envoyé."
        return go("certificates_office.index", message, cohort_id=cohort_id)

    return _knowingly(cohort_id, "send", act)


def _knowingly(cohort_id: int, doing: str, act: Callable[[Cohort, str], Response]) -> Reply:
    """Do it at once when nothing is open; else once someone has read what is and says why."""
    cohort, left, form = _cohort(cohort_id), opened(cohort_id), KnowinglyForm()
    is_first = request.method == "POST" and "why" not in request.form
    if left and is_first:
        return go(f"certificates_office.{doing}", "", cohort_id=cohort_id)
    if request.method == "GET" or (left and not form.is_sent):
        shown = {"cohort": cohort, "left": left, "form": form, "doing": doing}
        shows = invalid if request.method == "POST" else render
        return shows("certificates/opened.html", **shown)
    try:
        return act(cohort, form.why.data or "" if left else "")
    except Refused as refused:
        return refused_at(refused, "certificates_office.index", cohort_id=cohort_id)


def _cohort(cohort_id: int) -> Cohort:
    return or_404(cohort_by_id(cohort_id))
