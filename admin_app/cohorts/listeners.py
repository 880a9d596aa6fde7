"""Rooms above that must follow when a cohort's days, places or trainers change."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from flask import Flask, current_app

from admin_app.cohorts.models import Cohort
from admin_app.core.actor import Actor

LISTENERS = "liasse.cohort_listeners"


class Listener(Protocol):
    """Called within the act, once the change is written in the session."""

    def __call__(self, cohort: Cohort, *, by: Actor, at: datetime) -> None:
        """Follow the change."""


def listen(app: Flask, listener: Callable[..., None]) -> None:
    """Have this called each time (from a room's `init_room`)."""
    app.extensions.setdefault(LISTENERS, []).append(listener)


def tell(cohort: Cohort, *, by: Actor, at: datetime) -> None:
    """Tell everyone who listens."""
    listeners: list[Listener] = current_app.extensions.get(LISTENERS, [])
    for listener in listeners:
        listener(cohort, by=by, at=at)
