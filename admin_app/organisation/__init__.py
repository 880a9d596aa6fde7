"""The training organisation itself: identity, places, house documents."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Have the whole application follow the organisation's row."""
    from admin_app.organisation.context import init_context
    from admin_app.organisation.first_run import init_first_run
    from admin_app.organisation.pieces import place_check_piece, publication_piece

    views = app.extensions.setdefault("liasse.piece_views", {})
    views["place-check"], views["publication-review"] = place_check_piece, publication_piece
    init_context(app)
    init_first_run(app)
