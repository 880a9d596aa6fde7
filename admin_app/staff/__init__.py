"""Who does what in the house: roles, meetings, reviews, development."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Show what the life of the team proves to the auditor."""
    from admin_app.staff import pieces

    app.extensions.setdefault("liasse.piece_views", {}).update(
        {
            "functional-chart": pieces.chart_piece,
            "team-meeting": pieces.meeting_piece,
            "development-plan": pieces.plan_piece,
            "staff-review": pieces.review_piece,
            "staff-development": pieces.development_piece,
        }
    )
