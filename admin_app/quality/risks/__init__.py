"""Quality risks: what may go wrong, how it is rated, what is done, what showed it."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Show risks and their analysis to the auditor."""
    from admin_app.quality.risks.pieces import analysis_piece, risk_piece

    views = app.extensions.setdefault("liasse.piece_views", {})
    views["risk"], views["risk-analysis"] = risk_piece, analysis_piece
