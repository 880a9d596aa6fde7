"""Attendance: marks, signatures and the closing of each half-day."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Register the sheet, the home of signing links, the pieces as an auditor reads them.

    `app.extensions["liasse.half_day_panels"]` is a list of callables, given the keys of a half-day
    and of its cohort: each answers None or `(template, context)`. The template is shown where the
    trainer closes; in the context, `notes` (words by key of enrolment, optional) stand beside each
    name on the half-day's page: measures agreed, never a reason.
    """
    from admin_app.attendance.operations.sheets import issue_gathered
    from admin_app.attendance.panels import adaptations_panel
    from admin_app.attendance.pieces import follow_up_piece, half_day_piece
    from admin_app.attendance.queries.sheet import KIND, closed_half_days, gather
    from admin_app.attendance.wording import mark_words
    from admin_app.cohorts.late import tell_closed
    from admin_app.core.drawing import drawing
    from admin_app.core.links import Purpose
    from admin_app.documents.kinds import register

    register(KIND, gather, issue_gathered)
    tell_closed(app, closed_half_days)
    app.jinja_env.filters["mark_words"] = mark_words
    app.jinja_env.globals["drawing"] = drawing
    app.extensions.setdefault("liasse.half_day_panels", []).append(adaptations_panel)
    views = app.extensions.setdefault("liasse.piece_views", {})
    views |= {"half-day": half_day_piece, "remote-follow-up": follow_up_piece}
    homes = app.extensions.setdefault("liasse.link_homes", {})
    homes[Purpose.SIGNING] = "attendance_trainee.home"
