"""Trainers and their skills, clients and their contacts, trainees."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Tie accounts to trainers and clients, add a first step, show their pieces to the auditor."""
    from admin_app.people.pieces import (
        development_piece,
        funder_piece,
        review_piece,
        trainer_piece,
    )
    from admin_app.people.registering import init_people

    init_people(app)
    views = app.extensions.setdefault("liasse.piece_views", {})
    views["funder-feedback"] = funder_piece
    views["trainer"] = trainer_piece
    views["trainer-review"], views["trainer-development"] = review_piece, development_piece
