"""Certificates, for the office: issued in one go, sent in one go."""

from flask import url_for
from werkzeug.wrappers import Response

from admin_app.certificates import operations
from admin_app.certificates.gathering import KINDS, candidates
from admin_app.certificates.queries import current
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.pages import go, or_404, refused_at, render

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


@pages.post("/etablir", allow=Permission.CERTIFICATES_ISSUE)
def issue(cohort_id: int) -> Response:
    """Issue them all, with progress."""
    back = url_for("certificates_office.index", cohort_id=cohort_id)
    try:
        job = operations.start_issuing(
            _cohort(cohort_id), back_url=back, by=current_actor(), at=clock.now()
        )
    except Refused as refused:
        return refused_at(refused, "certificates_office.index", cohort_id=cohort_id)
    return go("spaces_office.job", job_id=job.id)


@pages.post("/envoyer", allow=Permission.CERTIFICATES_ISSUE)
def send(cohort_id: int) -> Response:
    """Send those not sent yet."""
    try:
        sent = operations.send_certificates(_cohort(cohort_id), by=current_actor(), at=clock.now())
    except Refused as refused:
        return refused_at(refused, "certificates_office.index", cohort_id=cohort_id)
    message = f"Envoyés à {plural(sent, 'stagiaire')}." if sent else "Tout a déjà été envoyé."
    return go("certificates_office.index", message, cohort_id=cohort_id)


def _cohort(cohort_id: int) -> Cohort:
    return or_404(cohort_by_id(cohort_id))
