"""Complaints and incidents: received from anyone, answered or solved in time, closed."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Show them on the page of their cohort and to the auditor; count what is late."""
    from admin_app.quality.complaints.views import cohort_panel, piece

    app.extensions.setdefault("liasse.cohort_panels", []).append(cohort_panel)
    app.extensions.setdefault("liasse.piece_views", {})["complaint"] = piece
