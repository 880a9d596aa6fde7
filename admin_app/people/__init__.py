"""Trainers and their skills, clients and their contacts, trainees."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Tie accounts to trainers and clients; add what an office does first with people."""
    from admin_app.people.registering import init_people

    init_people(app)
