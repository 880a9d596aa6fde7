"""Rooms above that must follow when the skills of a trainer change."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, current_app

from admin_app.core.actor import Actor

LISTENERS = "liasse.skills_listeners"


def on_skills(app: Flask, listener: Callable[..., None]) -> None:
    """Have `listener(trainer_id, by=, at=)` called within each act that changes skills."""
    listeners = app.extensions.setdefault(LISTENERS, [])
    if listener not in listeners:
        listeners.append(listener)


def tell_of_skills(trainer_id: int, *, by: Actor, at: datetime) -> None:
    """Tell everyone who listens."""
    for listener in current_app.extensions.get(LISTENERS, ()):
        listener(trainer_id, by=by, at=at)
