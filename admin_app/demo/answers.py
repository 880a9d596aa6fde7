"""What people answer to questionnaires: believable, and the same each time."""

from typing import Any

from admin_app.demo.files import read
from admin_app.demo.ink import chance
from admin_app.questionnaires import Question, Questionnaire
from admin_app.questionnaires.model import QuestionKind

NOTES = ("5", "4", "4", "5", "3", "4", "5")


def answers_to(questionnaire: Questionnaire, name: str) -> dict[str, Any]:
    """The answers of that person to all the questions; the open ones may be left blank."""
    return {one.key: answer(questionnaire.key, one, name) for one in questionnaire.questions}


def answer(questionnaire: str, question: Question, name: str) -> Any:
    """One answer."""
    luck = chance(questionnaire, question.key, name)
    if question.kind is QuestionKind.SCALE:
        return NOTES[luck % len(NOTES)]
    if question.kind is QuestionKind.TEXT:
        return said(questionnaire, question.key, name)
    # the first choices are the more frequent ones
    rank = min(luck % len(question.options), (luck >> 8) % len(question.options))
    value = question.options[rank][0]
    return [value] if question.kind is QuestionKind.MANY else value


def said(about: str, key: str, name: str) -> str:
    """What that person says, in their own words."""
    texts = read("answers")[about].get(key, ("Rien à ajouter.",))
    return str(texts[chance(about, key, name) % len(texts)])
