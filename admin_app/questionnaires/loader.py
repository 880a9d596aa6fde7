"""Reading questionnaires from their files; a wrong file is refused with its name and the remedy."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from admin_app.questionnaires.model import Question, QuestionKind, Questionnaire

FOLDER = Path(__file__).parent / "data"


class QuestionnaireError(Exception):
    """A questionnaire file that cannot be used."""


@cache
def load(key: str) -> Questionnaire:
    """The questionnaire of that key.

    Raises:
        QuestionnaireError: its file is missing or wrong.
    """
    path = FOLDER / f"{key}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        objectives = content.get("objectives")
        return Questionnaire(
            key=key,
            version=content["version"],
            title=content["title"],
            intro=content["intro"],
            thanks=content["thanks"],
            questions=_questions(path, content["question"]),
            objectives=_question(path, objectives) if objectives else None,
        )
    except FileNotFoundError as error:
        raise QuestionnaireError(f"{path.name} : ce questionnaire n’existe pas.") from error
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise QuestionnaireError(f"{path.name} : {error} manque ou se lit mal.") from error


def keys() -> list[str]:
    """Every questionnaire of the house."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def _questions(path: Path, rows: list[dict[str, Any]]) -> tuple[Question, ...]:
    questions = tuple(_question(path, row) for row in rows)
    if len({one.key for one in questions}) != len(questions):
        raise QuestionnaireError(f"{path.name} : deux questions portent la même clé.")
    return questions


def _question(path: Path, row: dict[str, Any]) -> Question:
    try:
        kind = QuestionKind(row["kind"])
    except ValueError as error:
        known = ", ".join(QuestionKind)
        raise QuestionnaireError(
            f"{path.name}, « {row['key']} » : genre inconnu. Connus : {known}."
        ) from error
    if kind in (QuestionKind.CHOICE, QuestionKind.MANY) and len(row.get("options", ())) < 2:
        raise QuestionnaireError(f"{path.name}, « {row['key']} » : deux choix au moins.")
    return Question(
        key=row["key"],
        kind=kind,
        label=row["label"],
        hint=row.get("hint", ""),
        options=tuple((str(value), words) for value, words in row.get("options", ())),
        low=row.get("low", ""),
        high=row.get("high", ""),
        required=row.get("required", False),
    )
