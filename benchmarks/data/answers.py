"""What people answer to questionnaires: a few sets for each, made once from the real questions."""

from functools import cache
from random import Random

from admin_app.questionnaires.loader import load
from admin_app.questionnaires.model import Question, QuestionKind
from benchmarks.data.sheets import as_json
from benchmarks.data.words import OBJECTIVES, PARAGRAPH
from benchmarks.sizes import SEED

SETS = 12


@cache
def answers_to(questionnaire: str) -> tuple[str, ...]:
    """Complete sets of answers, as they are kept."""
    random = Random(f"{SEED}/{questionnaire}")
    questions = load(questionnaire).about(OBJECTIVES).questions
    return tuple(as_json({one.key: _answer(one, random) for one in questions}) for _ in range(SETS))


def _answer(question: Question, random: Random) -> str | list[str]:
    if question.kind is QuestionKind.SCALE:
        return str(random.choices(range(1, 6), (2, 4, 14, 45, 35))[0])
    if question.kind is QuestionKind.TEXT:
        return PARAGRAPH[: random.randint(30, len(PARAGRAPH))]
    chosen = random.choice(question.options)[0]
    return [chosen] if question.kind is QuestionKind.MANY else chosen
