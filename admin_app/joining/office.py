"""Joining instructions, for the office: what is missing, who was sent them, who opened them."""

from collections.abc import Callable

from flask import Response, request

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import Enrolled, enrolled
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor, origin
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.pages import go, invalid, keep, or_404, page_number, render
from admin_app.documents.rendering import render as render_pdf
from admin_app.documents.replies import pdf_reply
from admin_app.joining import jobs, operations, queries, views
from admin_app.joining.assistance import assistance_of, is_remote, write_assistance
from admin_app.joining.forms import AssistanceForm
from admin_app.joining.gathering import KIND, common, data_for

pages = Pages("joining", "office", prefix="/sessions/<int:cohort_id>/convocations")
READ, MANAGE = Permission.COHORTS_READ, Permission.COHORTS_MANAGE
Reply = str | tuple[str, int] | Response


@pages.get("", allow=READ)
def index(cohort_id: int) -> str:
    """What leaves, what is missing, who was sent it and who opened it."""
    return render("joining/index.html", **_page(_cohort(cohort_id)))


@pages.post("", allow=MANAGE)
def send_all(cohort_id: int) -> Reply:
    """Send to those not sent yet, or to everyone again."""
    cohort, again = _cohort(cohort_id), request.form.get("again") == "yes"

    def send() -> Reply:
        count, job = jobs.send_to_all(cohort, again=again, by=current_actor(), at=clock.now())
        if job is not None:
            return go("spaces_office.job", job_id=job.id)  # type: ignore[return-value]
        words = f"{plural(count, 'convocation envoyée', 'convocations envoyées')}."
        return go("joining_office.index", words, cohort_id=cohort_id)  # type: ignore[return-value]

    return _try(cohort, send)


@pages.post("/<int:enrolment_id>", allow=MANAGE)
def send_one(cohort_id: int, enrolment_id: int) -> Reply:
    """Send to one trainee, or send again."""
    cohort, person = _cohort(cohort_id), _person(cohort_id, enrolment_id)

    def send() -> Reply:
        operations.send_instructions(cohort, person, by=current_actor(), at=clock.now())
        words = f"Convocation envoyée à {person.trainee.name}."
        return go("joining_office.index", words, cohort_id=cohort_id)  # type: ignore[return-value]

    return _try(cohort, send)


@pages.form("/assistance", allow=MANAGE)
def remote_assistance(cohort_id: int) -> Reply:
    """The assistance that trainees at a distance can count on, told by the instructions."""
    cohort, form = _cohort(cohort_id), AssistanceForm()
    or_404(cohort if is_remote(cohort) else None)
    if form.is_sent and keep(form, lambda: _write_assistance(cohort, form)) is not None:
        return go(  # type: ignore[return-value]
            "joining_office.index",
            "L’assistance à distance est écrite : les prochaines convocations la diront.",
            cohort_id=cohort_id,
        )
    if request.method == "POST":
        return invalid("joining/assistance.html", cohort=cohort, form=form)
    form.show(assistance_of(cohort))
    return render("joining/assistance.html", cohort=cohort, form=form)


def _write_assistance(cohort: Cohort, form: AssistanceForm) -> object:
    return write_assistance(
        cohort, form.details(), by=current_actor(), at=clock.now(), origin=origin()
    )


@pages.get("/<int:enrolment_id>/apercu", allow=READ)
def preview(cohort_id: int, enrolment_id: int) -> Response:
    """The instructions as they would leave now, marked as a draft."""
    cohort, person = _cohort(cohort_id), _person(cohort_id, enrolment_id)
    data = data_for(common(cohort, clock.now()), person)
    return pdf_reply(render_pdf(KIND, data), f"convocation-{cohort.reference}.pdf")


def _cohort(cohort_id: int) -> Cohort:
    return or_404(queries.cohort_with_programme(cohort_id))


def _person(cohort_id: int, enrolment_id: int) -> Enrolled:
    found = enrolled(enrolment_id)
    return or_404(found if found and found.enrolment.cohort_id == cohort_id else None)


def _page(cohort: Cohort) -> dict[str, object]:
    page = queries.sent_page(cohort.id, page_number())
    at = clock.now()
    shown = views.index_page(cohort, page, common(cohort, at))
    days, usual = operations.days_before(cohort, at), operations.usual_days(cohort)
    return shown | {"days_before": days, "usual_days": usual}


def _try(cohort: Cohort, send: Callable[[], Reply]) -> Reply:
    try:
        return send()
    except Refused as refused:
        return invalid("joining/index.html", **(_page(cohort) | {"refused": refused.problems}))
