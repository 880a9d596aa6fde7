"""Those who teach for us under contract, and what their contracts must hold."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Show what their files prove to the auditor."""
    from admin_app.subcontracting import pieces

    app.extensions.setdefault("liasse.piece_views", {}).update(
        {
            "subcontract": pieces.contract_piece,
            "clause-check": pieces.clauses_piece,
            "subcontractor": pieces.proofs_piece,
            "subcontractor-evaluation": pieces.evaluation_piece,
        }
    )
