"""Cohorts (sessions): dates, half-days, trainers, clients, trainees."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Tell the rooms below how a cohort is read, and the pages which ones a cohort has.

    And add a first step.
    """
    from admin_app.cohorts import jobs  # noqa: F401 - declares the work
    from admin_app.cohorts.first_step import FIRST_COHORT
    from admin_app.cohorts.headings import find_cohort, read_heading
    from admin_app.cohorts.operations.proofs import follow_skills
    from admin_app.cohorts.panels import init_panels
    from admin_app.cohorts.tabs import init_tabs
    from admin_app.cohorts.views import particular_piece, particulars_panel
    from admin_app.documents.kinds import register_cohorts
    from admin_app.organisation.first_steps import add_step
    from admin_app.people.listeners import on_skills

    register_cohorts(read_heading, find_cohort)
    on_skills(app, follow_skills)
    init_tabs(app)
    init_panels(app)
    add_step(app, FIRST_COHORT)
    app.extensions.setdefault("liasse.cohort_panels", []).append(particulars_panel)
    app.extensions.setdefault("liasse.piece_views", {})["particular-note"] = particular_piece
