"""What rooms above say in figures of a trainer: what their trainees thought, and so on.

Surveys stand above this room, so whoever keeps them registers here.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app

FIGURES = "liasse.trainer_figures"


@dataclass(frozen=True, slots=True)
class TrainerFigure:
    """One figure, ready to be read: « 4,6 sur 5 », « 31 avis sur 40 demandés »."""

    label: str
    value: str
    detail: str = ""


Supplier = Callable[[int, date, date], list[TrainerFigure]]


def add_trainer_figures(app: Flask, supplier: Supplier) -> None:
    """Have `supplier(trainer_id, first_day, last_day)` read, both days inclusive."""
    app.extensions.setdefault(FIGURES, []).append(supplier)


def figures_of(trainer_id: int, first_day: date, last_day: date) -> list[TrainerFigure]:
    """Every figure of that trainer over these days, inclusive."""
    suppliers: list[Supplier] = current_app.extensions.get(FIGURES, [])
    return [figure for one in suppliers for figure in one(trainer_id, first_day, last_day)]


def as_data(figures: list[TrainerFigure]) -> list[dict[str, Any]]:
    """The figures as a review keeps them."""
    return [asdict(one) for one in figures]
