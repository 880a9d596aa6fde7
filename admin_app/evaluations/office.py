"""Evaluations, for the office: surveys of a cohort, and what was learnt."""

from flask import request
from werkzeug.wrappers import Response

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.pages import go, invalid, keep, or_404, render
from admin_app.evaluations import operations, queries
from admin_app.evaluations.forms import DeclineForm
from admin_app.evaluations.kinds import KINDS
from admin_app.evaluations.models import Survey
from admin_app.evaluations.views import Reply, assess_page, list_page
from admin_app.evaluations.words import survey_content

pages = Pages("evaluations", "office", "/sessions/<int:cohort_id>")
OFFICE = "layouts/office.html"


@pages.get("/evaluations", allow=Permission.EVALUATIONS_READ)
def cohort(cohort_id: int) -> str:
    """What people think: who was asked, who answered, what they say."""
    found = _cohort(cohort_id)
    chosen = KINDS.get(request.args.get("avis", ""), KINDS["exit-survey"])
    return render(
        "evaluations/cohort.html",
        cohort=found,
        chosen=chosen,
        results=queries.results(cohort_id),
        people=queries.respondents(chosen, cohort_id),
        has_begun=found.starts_on <= clock.today(),
    )


@pages.post("/evaluations/<kind>/envoyer", allow=Permission.COHORTS_MANAGE)
def send(cohort_id: int, kind: str) -> Response:
    """Send a survey to all those who have not had it."""
    found = _cohort(cohort_id)
    or_404(KINDS.get(kind))
    try:
        count = operations.send_surveys(kind, found, by=current_actor(), at=clock.now())
        message = (
            f"{plural(count, 'questionnaire envoyé', 'questionnaires envoyés')}."
            if count
            else "Personne de plus n’est à interroger pour l’instant."
        )
    except Refused as refused:
        message = refused.message
    return go("evaluations_office.cohort", message, cohort_id=cohort_id, avis=kind)


@pages.post("/evaluations/reponses/<int:survey_id>/relancer", allow=Permission.COHORTS_MANAGE)
def remind(cohort_id: int, survey_id: int) -> Response:
    """Ask someone again."""
    found, survey = _survey(cohort_id, survey_id)
    try:
        operations.remind(survey, found, by=current_actor(), at=clock.now())
        message = f"Relance envoyée à {survey.respondent}."
    except Refused as refused:
        message = refused.message
    return go("evaluations_office.cohort", message, cohort_id=cohort_id, avis=survey.kind)


@pages.form("/evaluations/reponses/<int:survey_id>/sans-reponse", allow=Permission.COHORTS_MANAGE)
def decline(cohort_id: int, survey_id: int) -> Reply:
    """Write that someone will not answer."""
    found, survey = _survey(cohort_id, survey_id)
    form = DeclineForm()
    if form.is_sent:
        done = keep(
            form,
            lambda: (
                operations.decline(
                    survey, why=form.why.data or "", by=current_actor(), at=clock.now()
                ),
                True,
            ),
        )
        if done is not None:
            return go(
                "evaluations_office.cohort", "C’est noté.", cohort_id=cohort_id, avis=survey.kind
            )
    shown = invalid if request.method == "POST" else render
    return shown("evaluations/decline.html", cohort=found, survey=survey, form=form)


@pages.get("/evaluations/reponses/<int:survey_id>", allow=Permission.EVALUATIONS_READ)
def answers(cohort_id: int, survey_id: int) -> str:
    """What one person answered."""
    found, survey = _survey(cohort_id, survey_id)
    or_404(survey.answered_at)
    return render(
        "evaluations/answers.html",
        cohort=found,
        survey=survey,
        content=survey_content(survey),
    )


@pages.get("/acquis", allow=Permission.EVALUATIONS_READ)
def assessments(cohort_id: int) -> str:
    """What was learnt."""
    return list_page(_cohort(cohort_id), OFFICE, "evaluations_office.assess")


@pages.form("/acquis/<int:enrolment_id>", allow=Permission.COHORTS_MANAGE)
def assess(cohort_id: int, enrolment_id: int) -> Reply:
    """Write what one trainee learnt, for a trainer who gave it on paper."""
    return assess_page(_cohort(cohort_id), enrolment_id, OFFICE, "evaluations_office.assessments")


def _cohort(cohort_id: int) -> Cohort:
    return or_404(cohort_by_id(cohort_id))


def _survey(cohort_id: int, survey_id: int) -> tuple[Cohort, Survey]:
    found, survey = _cohort(cohort_id), or_404(queries.survey(survey_id))
    return found, or_404(survey if survey.cohort_id == cohort_id else None)
