"""Objectives that nobody could assess are pointed out, with the reason."""

import pytest

from admin_app.programmes.objectives import doubtful


@pytest.mark.parametrize(
    ("objective", "words"),
    [
        ("Comprendre la CTG", "comprendre"),
        ("1. Connaître ses partenaires", "connaitre"),
        ("– S’approprier son métier", "s'approprier"),
        ("Se sentir appartenir à un groupe de pairs", "se sentir"),
        ("Être capable de comprendre un bilan", "comprendre"),
        ("À l’issue de la formation, les stagiaires seront capables de connaître", "connaitre"),
        ("Être sensibilisée aux enjeux", "etre sensibilise"),
        ("Savoir animer une réunion", "savoir"),
    ],
)
def test_a_verb_that_cannot_be_seen_is_named(objective: str, words: str) -> None:
    (doubt,) = doubtful((objective,))
    assert (doubt.rank, doubt.words) == (1, words)
    assert doubt.why


@pytest.mark.parametrize(
    "objective",
    [
        "Situer ses missions parmi celles de ses pairs",
        "Expliquer ce que comprendre veut dire",
        "Savourer",
        "Croiser deux diagnostics",
        "Être capable de rédiger un compte rendu",
        "Connaissances : citer trois acteurs",
        "",
    ],
)
def test_an_objective_that_can_be_seen_is_left_alone(objective: str) -> None:
    assert doubtful((objective,)) == ()


def test_ranks_count_from_one() -> None:
    found = doubtful(("Citer trois acteurs", "Découvrir la CTG"))
    assert [one.rank for one in found] == [2]
