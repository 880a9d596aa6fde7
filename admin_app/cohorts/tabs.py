"""The pages that a cohort has, as data, filtered by what the reader may open."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

from admin_app.core.access import may_open


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a cohort; `others` are pages that light the same tab up."""

    label: str
    endpoint: str
    others: tuple[str, ...] = ()


TABS = (
    Tab(
        "Session",
        "cohorts_office.show",
        ("cohorts_office.particulars", "cohorts_office.note_particular"),
    ),
    Tab("Stagiaires", "cohorts_office.trainees"),
    Tab("Besoins", "needs_office.positioning", ("needs_office.cohort",)),
    Tab("Convention", "agreements_office.cohort"),
    Tab("Convocations", "joining_office.index"),
    Tab("Émargement", "attendance_office.cohort"),
    Tab("Ressources", "resources_office.index"),
    Tab("Évaluations", "evaluations_office.cohort", ("evaluations_office.assessments",)),
    Tab("Certificats", "certificates_office.index"),
    Tab("Documents", "documents_office.cohort"),
    Tab("Preuves", "coverage_office.cohort"),
)


def cohort_tabs(cohort_id: int) -> list[dict[str, Any]]:
    """The tabs of a cohort that the reader may open, for `components/page.html`."""
    return [
        {
            "label": one.label,
            "url": url_for(one.endpoint, cohort_id=cohort_id),
            "active": request.endpoint in {one.endpoint, *one.others},
        }
        for one in TABS
        if may_open(one.endpoint)
    ]


def init_tabs(app: Flask) -> None:
    """Give `cohort_tabs(cohort.id)` to every template."""
    app.jinja_env.globals["cohort_tabs"] = cohort_tabs
