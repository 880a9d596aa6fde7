"""Violence, harassment, discrimination: prevention, ways to report, the closed register."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Tell the trainers who are assigned; erase in its time what was told."""
    from admin_app.cohorts.listeners import listen
    from admin_app.safeguarding.operations import erase_what_is_due, tell_newcomers

    listen(app, tell_newcomers)
    app.extensions.setdefault("liasse.rounds", []).append(erase_what_is_due)
