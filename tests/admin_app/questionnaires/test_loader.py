"""Every questionnaire of the house loads; a wrong one is refused in words."""

from pathlib import Path

import pytest

from admin_app.questionnaires import load, loader
from admin_app.questionnaires.loader import QuestionnaireError, keys
from admin_app.questionnaires.model import average, in_words


@pytest.mark.parametrize("key", keys())
def test_it_loads(key: str) -> None:
    found = load(key).about(["Situer ses missions"])
    assert found.questions
    assert any(question.required for question in found.questions)


def test_objectives_are_asked_one_by_one() -> None:
    found = load("positioning").about(["Comparer trois pratiques", "Formuler un défi"])
    assert [one.key for one in found.questions][-2:] == ["objective-1", "objective-2"]
    assert "Formuler un défi" in found.questions[-1].label


def test_answers_in_words() -> None:
    survey = load("exit-survey")
    scale, choice = survey.questions[0], survey.questions[2]
    assert in_words(scale, "5") == "5 sur 5 (tout à fait)"
    assert in_words(scale, "3") == "3 sur 5"
    assert in_words(choice, "fast") == "Trop rapide"
    assert in_words(scale, "") == ""
    assert average(scale, [{"objectives": "4"}, {"objectives": "5"}, {}]) == 4.5
    assert average(scale, [{}]) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('version = "1"', "manque"),
        ("version = ", "se lit mal"),
        (
            'version="1"\ntitle="t"\nintro="i"\nthanks="m"\n'
            '[[question]]\nkey="a"\nkind="song"\nlabel="l"',
            "genre inconnu",
        ),
        (
            'version="1"\ntitle="t"\nintro="i"\nthanks="m"\n'
            '[[question]]\nkey="a"\nkind="choice"\nlabel="l"\noptions=[]',
            "deux choix",
        ),
    ],
)
def test_a_wrong_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, says: str
) -> None:
    (tmp_path / "wrong.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(loader, "FOLDER", tmp_path)
    with pytest.raises(QuestionnaireError, match=says):
        load.__wrapped__("wrong")
