"""Joining instructions: sent to each trainee, with what the house hands over."""

from flask import Flask

from admin_app.core.links import Purpose


def init_room(app: Flask) -> None:
    """Open the trainee's file, issue from the command line, and follow changes of dates."""
    from admin_app.cohorts.listeners import listen
    from admin_app.core import mail
    from admin_app.documents.kinds import register
    from admin_app.joining import (
        delivery,
        jobs,  # noqa: F401 - declares the work
    )
    from admin_app.joining.gathering import KIND, gather
    from admin_app.joining.operations import withdraw_outdated

    homes = app.extensions.setdefault("liasse.link_homes", {})
    homes[Purpose.TRAINEE_FILE] = "joining_trainee.show"
    register(KIND, gather)
    listen(app, withdraw_outdated)
    mail.follow(app, delivery.TEMPLATE, delivery.follow)
