"""Acts of evaluation: surveys, and what was learnt."""

from admin_app.evaluations.operations.assessments import Result, assess
from admin_app.evaluations.operations.surveys import (
    decline,
    finish,
    note_unanswered,
    remind,
    save_answers,
    send_survey,
    send_surveys,
)

__all__ = [
    "Result",
    "assess",
    "decline",
    "finish",
    "note_unanswered",
    "remind",
    "save_answers",
    "send_survey",
    "send_surveys",
]
