"""What rooms above add to the pages of a programme: its results, its certification.

They stand above this room, so they register here what they show, and where.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, render_template
from markupsafe import Markup

PANELS = "liasse.programme_panels"
OFFICE, PUBLIC, CATALOGUE = "office", "public", "catalogue"

# given a programme's key (0 for the whole catalogue): a template and its context, or nothing
Supplier = Callable[[int], tuple[str, dict[str, Any]] | None]


def add_programme_panel(app: Flask, where: str, supplier: Supplier) -> None:
    """Show what `supplier` gives on the pages `OFFICE`, `PUBLIC` or `CATALOGUE`."""
    app.extensions.setdefault(PANELS, {}).setdefault(where, []).append(supplier)


def panels_of(where: str, programme_id: int = 0) -> list[Markup]:
    """The panels of that page, drawn."""
    suppliers: list[Supplier] = current_app.extensions.get(PANELS, {}).get(where, [])
    found = [supply(programme_id) for supply in suppliers]
    return [
        Markup(render_template(one[0], **one[1]))  # noqa: S704 - our own template
        for one in found
        if one is not None
    ]
