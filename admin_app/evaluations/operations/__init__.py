"""Acts of evaluation: surveys, and what was learnt."""

from admin_app.evaluations.operations.assessments import Result, assess
from admin_app.evaluations.operations.surveys import (
    decline,
    finish,
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
    "remind",
    "save_answers",
    "send_survey",
    "send_surveys",
]
