"""Results: figures worked out from daily work, published with how they are made; certifications."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Show results on the pages of programmes, and a trainer's figures at their review."""
    from admin_app.people.figures import add_trainer_figures
    from admin_app.programmes import panels
    from admin_app.results import views

    panels.add_programme_panel(app, panels.OFFICE, views.office_panel)
    panels.add_programme_panel(app, panels.PUBLIC, views.public_panel)
    panels.add_programme_panel(app, panels.CATALOGUE, views.catalogue_panel)
    add_trainer_figures(app, views.trainer_figures)
    app.extensions.setdefault("liasse.piece_views", {}).update(
        {
            "published-results": views.published_piece,
            "certification-results": views.sheet_piece,
            "certification-content": views.match_piece,
            "certification-authorisation": views.authorisation_piece,
            "planned-results": views.planned_piece,
        }
    )
