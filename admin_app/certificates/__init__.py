"""Completion certificates and training attestations."""

from functools import partial

from flask import Flask


def init_room(app: Flask) -> None:
    """Let the command line issue them for a cohort."""
    from admin_app.certificates.gathering import ATTESTATION, COMPLETION
    from admin_app.certificates.operations import GATHER, issue_gathered
    from admin_app.documents.kinds import register

    for kind in (COMPLETION, ATTESTATION):
        register(kind, GATHER[kind], partial(issue_gathered, kind))
