"""What people answer to questionnaires: believable, and the same each time.

In one cohort no two people say the same thing, as long as there are texts for all of them.
"""

from dataclasses import dataclass
from typing import Any

from admin_app.demo.files import read
from admin_app.demo.ink import chance
from admin_app.questionnaires import Question, Questionnaire
from admin_app.questionnaires.model import QuestionKind

NOTES = ("5", "4", "4", "5", "3", "4", "5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Someone who speaks: their name, their place in the group, and what the group follows.

    `programme` and `group` are references; `job` and `needs_nothing` (the programme asks for no
    prerequisite) are for the questionnaire of positioning.
    """

    name: str
    group: str
    rank: int
    programme: str
    job: str = ""
    needs_nothing: bool = False


def answers_to(questionnaire: Questionnaire, voice: Voice) -> dict[str, Any]:
    """The answers of that person to all the questions; the open ones may be left blank."""
    return {one.key: answer(questionnaire.key, one, voice) for one in questionnaire.questions}


def answer(questionnaire: str, question: Question, voice: Voice) -> Any:
    """One answer."""
    luck = chance(questionnaire, question.key, voice.name)
    if question.kind is QuestionKind.SCALE:
        return NOTES[luck % len(NOTES)]
    if question.kind is QuestionKind.TEXT:
        text = said(questionnaire, question.key, voice)
        return _of_job(text, voice) if question.key == "job" else text
    if question.key == "prerequisites":
        return "none" if voice.needs_nothing else ("yes", "yes", "partly")[luck % 3]
    choices = read("answers")["choices"][question.key.partition("-")[0]]
    value = choices[luck % len(choices)]
    return [value] if question.kind is QuestionKind.MANY else value


def said(about: str, key: str, voice: Voice) -> str:
    """What that person says, in their own words: those of their programme when they differ."""
    texts = read("answers")[about][key]
    if isinstance(texts, dict):
        texts = texts[voice.group] if voice.group in texts else texts[voice.programme]
    return str(texts[(chance(about, key, voice.group) + voice.rank) % len(texts)])


def _of_job(text: str, voice: Voice) -> str:
    told: dict[str, str] = read("answers")["positioning-jobs"]
    return told.get(voice.job, f"{voice.job} : {text}")
