"""Completion certificates and training attestations."""

from functools import partial

from flask import Flask


def init_room(app: Flask) -> None:
    """Let the command line issue them for a cohort, and follow what never left."""
    from admin_app.certificates import delivery
    from admin_app.certificates.gathering import ATTESTATION, COMPLETION
    from admin_app.certificates.operations import GATHER, issue_gathered
    from admin_app.core import mail
    from admin_app.documents.kinds import register

    for kind in (COMPLETION, ATTESTATION):
        register(kind, GATHER[kind], partial(issue_gathered, kind))
    mail.follow(app, delivery.TEMPLATE, delivery.follow)
