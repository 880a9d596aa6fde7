"""Requests for a custom version, what was decided and why; accommodations for a disability."""

from flask import Flask

from admin_app.core.links import Purpose


def init_room(app: Flask) -> None:
    """Follow adapted programmes, published then taught; say where a request's link leads.

    And how a request is shown to the auditor; what was told of a need is erased in its time; how
    many requests wait is said in the navigation of whoever answers them.
    """
    from admin_app.adaptations.network_pieces import check_piece, contact_piece, training_piece
    from admin_app.adaptations.operations.accommodations import erase_what_is_due
    from admin_app.adaptations.operations.adapting import follow_publication
    from admin_app.adaptations.operations.following import follow_cohort
    from admin_app.adaptations.queries import accommodations, requests
    from admin_app.adaptations.views import request_piece
    from admin_app.cohorts.listeners import listen
    from admin_app.core.waiting import show_waiting
    from admin_app.programmes.operations import on_publication

    on_publication(app, follow_publication)
    listen(app, follow_cohort)
    app.extensions.setdefault("liasse.piece_views", {}).update(
        {
            "adaptation": request_piece,
            "network-check": check_piece,
            "network-contact": contact_piece,
            "officer-training": training_piece,
        }
    )
    app.extensions.setdefault("liasse.rounds", []).append(erase_what_is_due)
    homes = app.extensions.setdefault("liasse.link_homes", {})
    homes[Purpose.ADAPTATION] = "adaptations_client.follow"
    show_waiting(app, "adaptations_office.index", requests.AWAITING)
    closed_room = "adaptations_office.accommodations"
    show_waiting(app, closed_room, accommodations.WAITING, requests.TO_CALL)
