"""Expectations kept as rows, matched with evidence: what is covered, due, missing."""

from flask import Flask

from admin_app.core.transaction import register_refresher


def init_room(app: Flask) -> None:
    """Have every act bring up to date what it touched, and cohorts show their coverage."""
    from admin_app.coverage.operations import rebuild_when_needed, refresh
    from admin_app.coverage.views import page_panel

    register_refresher(app, refresh)
    for moment in ("liasse.starts", "liasse.rounds"):
        app.extensions.setdefault(moment, []).append(rebuild_when_needed)
    # what an auditor asks for comes first on the page of a cohort
    app.extensions.setdefault("liasse.cohort_panels", []).insert(0, page_panel)
