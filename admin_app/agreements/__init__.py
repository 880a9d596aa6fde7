"""Conventions and individual contracts: issued, signed, countersigned."""

from flask import Flask

from admin_app.core.access import Purpose


def init_room(app: Flask) -> None:
    """Say where signature links lead, and how the documents of a cohort are issued."""
    from admin_app.agreements import cohort_documents

    app.extensions.setdefault("liasse.link_homes", {})[Purpose.AGREEMENT] = "agreements_client.show"
    cohort_documents.register()
