"""Words of the pages of the référentiel."""

import pytest

from admin_app.referentiel.views import due_words, fresh_words, owed_words
from compliance import expectations as rules
from compliance.vocabulary import Owner


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        (Owner.OFFICE, "de l’équipe administrative"),
        (Owner.TRAINER, "du formateur ou de la formatrice"),
        (Owner.TRAINEE, "du ou de la stagiaire"),
        (Owner.QUALITY_MANAGER, "du ou de la responsable qualité"),
        (Owner.CLIENT, "du client"),
    ],
)
def test_who_owes(owner: Owner, words: str) -> None:
    assert owed_words(owner.label) == words


def test_every_piece_says_when_it_is_due() -> None:
    for piece in rules.catalogue().pieces:
        words = due_words(piece)
        assert words.startswith("dès ") or " avant " in words or " après " in words
        assert fresh_words(piece).startswith("vaut ") is (piece.fresh_days is not None)
