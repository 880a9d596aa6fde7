"""Assessment of what was learnt; surveys of trainees, clients and trainers."""

from flask import Flask

from admin_app.core.links import Purpose


def init_room(app: Flask) -> None:
    """Say where links lead, how pieces are shown, and what is done by itself each day."""
    from admin_app.evaluations.rounds import send_what_is_due
    from admin_app.evaluations.words import assessment_piece, survey_piece

    homes = app.extensions.setdefault("liasse.link_homes", {})
    for purpose in (
        Purpose.EXIT_SURVEY,
        Purpose.FOLLOW_UP_SURVEY,
        Purpose.CLIENT_FEEDBACK,
        Purpose.TRAINER_FEEDBACK,
    ):
        homes[purpose] = "evaluations_public.welcome"
    views = app.extensions.setdefault("liasse.piece_views", {})
    views |= {"survey": survey_piece, "assessment": assessment_piece}
    app.extensions.setdefault("liasse.rounds", []).append(send_what_is_due)
