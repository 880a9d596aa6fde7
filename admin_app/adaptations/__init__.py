"""Requests for a custom version, what was decided and why; accommodations for a disability."""

from flask import Flask

from admin_app.core.links import Purpose


def init_room(app: Flask) -> None:
    """Follow the publication of adapted programmes; say where a request's link leads."""
    from admin_app.adaptations.operations.adapting import follow_publication
    from admin_app.programmes.operations import on_publication

    on_publication(app, follow_publication)
    homes = app.extensions.setdefault("liasse.link_homes", {})
    homes[Purpose.ADAPTATION] = "adaptations_client.follow"
