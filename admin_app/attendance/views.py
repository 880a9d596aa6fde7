"""What the pages of several actors share."""

from typing import Any

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from admin_app.attendance import queries
from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import current_actor, origin, way_to
from admin_app.core.formatting import plural
from admin_app.core.pages import download, invalid, render

Page = str | tuple[str, int] | BaseResponse


TRAINER_PAGES = (
    ("Besoins des stagiaires", "needs_trainer.positioning"),
    ("Adaptations et mesures", "adaptations_trainer.cohort"),
    ("Ressources remises", "resources_trainer.index"),
    ("Évaluation des acquis", "evaluations_trainer.assessments"),
    ("Signaler un aléa", "complaints_trainer.tell"),
)
REPORT = "safeguarding_trainer.report"


def trainer_links(cohort_id: int, *, is_remote: bool) -> list[tuple[str, str]]:
    """The pages that a trainer has for a session, whichever rooms are there: words, address."""
    pages = list(TRAINER_PAGES)
    if is_remote:
        pages.append(("Suivi à distance", "attendance_trainer.follow_ups"))
    pages.append(("Feuille vierge à imprimer", "attendance_trainer.blank"))
    links = [
        (label, url)
        for label, endpoint in pages
        if (url := way_to(endpoint, cohort_id=cohort_id)) is not None
    ]
    if report := way_to(REPORT, session=cohort_id):
        links.append(("Signaler une violence, une discrimination", report))
    return links


def answer(template: str, **context: Any) -> Page:
    """The page; when it was sent and comes back, nothing was changed (422)."""
    return (invalid if request.method == "POST" else render)(template, **context)


def act_arguments() -> dict[str, Any]:
    """Who acts, when, from where."""
    return {"by": current_actor(), "at": clock.now(), "origin": origin()}


def said_sent(number: int) -> str:
    """What is said after sending links."""
    if not number:
        return "Les liens viennent d’être envoyés : patientez un instant avant de recommencer."
    return f"{plural(number, 'lien')} {'envoyé' if number < 2 else 'envoyés'} par courriel."


def blank_sheet(cohort: Cohort) -> Response:
    """The sheet to sign by hand, one page a day; « introuvable » when no day is planned."""
    from admin_app.documents.engines import working_paper

    shown = queries.blank(cohort.id)
    if shown is None:
        abort(404)
    data = working_paper("attendance-sheet", **shown)
    name = f"emargement-{cohort.reference}-vierge.pdf"
    return download(data, name, "application/pdf", inline=True)
