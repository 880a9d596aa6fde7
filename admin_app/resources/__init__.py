"""Teaching resources: handed over to the trainees of a cohort, with who fetched them."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Show the trainer, beside a half-day, the way to the resources of its cohort."""
    from admin_app.resources.views import half_day_panel

    app.extensions.setdefault("liasse.half_day_panels", []).append(half_day_panel)
