"""The pages that a cohort has, as data, filtered by what the reader may open."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from admin_app.core.access import Permission


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a cohort; `others` are pages that light the same tab up."""

    label: str
    endpoint: str
    permission: Permission
    others: tuple[str, ...] = ()


TABS = (
    Tab(
        "Session",
        "cohorts_office.show",
        Permission.COHORTS_READ,
        ("cohorts_office.particulars", "cohorts_office.note_particular"),
    ),
    Tab("Stagiaires", "cohorts_office.trainees", Permission.COHORTS_READ),
    Tab("Besoins", "needs_office.positioning", Permission.COHORTS_MANAGE, ("needs_office.cohort",)),
    Tab("Convention", "agreements_office.cohort", Permission.AGREEMENTS_MANAGE),
    Tab("Convocations", "joining_office.index", Permission.COHORTS_READ),
    Tab("Émargement", "attendance_office.cohort", Permission.COHORTS_READ),
    Tab("Ressources", "resources_office.index", Permission.COHORTS_READ),
    Tab(
        "Évaluations",
        "evaluations_office.cohort",
        Permission.EVALUATIONS_READ,
        ("evaluations_office.assessments",),
    ),
    Tab("Certificats", "certificates_office.index", Permission.CERTIFICATES_ISSUE),
    Tab("Documents", "documents_office.cohort", Permission.DOCUMENTS_READ),
    Tab("Preuves", "coverage_office.cohort", Permission.COVERAGE_READ),
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
        if one.endpoint in current_app.view_functions and one.permission in current_user.permissions
    ]


def init_tabs(app: Flask) -> None:
    """Give `cohort_tabs(cohort.id)` to every template."""
    app.jinja_env.globals["cohort_tabs"] = cohort_tabs
