"""Names in capitals are offered as people write them; the others are never touched."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.cohorts.names import tidied
from admin_app.core.search import plain

LETTERS = "abcdefgijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿæœñ"
NAMES = st.text(st.sampled_from(LETTERS + LETTERS.upper() + " -'’."), max_size=24)


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("DUPONT", "Dupont"),
        ("LE GOFF", "Le Goff"),
        ("D'ALMEIDA", "D’Almeida"),
        ("D’ALMEIDA", "D’Almeida"),
        ("JEAN-MARC", "Jean-Marc"),
        ("MARIE FRANCE", "Marie France"),
        ("ÉLODIE", "Élodie"),
        ("ŒUVRARD", "Œuvrard"),
        ("DUPONT-AIGNAN", "Dupont-Aignan"),
        ("DUPONT-LE GOFF", "Dupont-Le Goff"),
        ("DE OLIVEIRA", "De Oliveira"),
        ("PINTO DA SILVA", "Pinto da Silva"),
        ("DUPIN DE LA TOUR", "Dupin de la Tour"),
        ("MARTIN DU GARD", "Martin du Gard"),
        ("LE ROUX D'ARTAGNAN", "Le Roux d’Artagnan"),
        ("VAN DER MEER", "Van der Meer"),
        ("DELL'AQUILA", "Dell’Aquila"),
        ("N'GUESSAN", "N’Guessan"),
        ("O'BRIEN", "O’Brien"),
        ("MCDONALD", "McDonald"),
        ("MACRON", "Macron"),
        ("EL KHATTABI", "El Khattabi"),
        ("LA ROCHE-DE-GUIMPS", "La Roche-de-Guimps"),
        ("JEAN DE DIEU", "Jean de Dieu"),
        ("DUPONT ÉPOUSE MARTIN", "Dupont épouse Martin"),
        ("DUPONT (MARTIN)", "Dupont (Martin)"),
        ("HENRI IV", "Henri IV"),
        ("NG", "Ng"),
        ("LO", "Lo"),
        ("J.-PIERRE", "J.-Pierre"),
        ("benali", "Benali"),
        ("jean-marc", "Jean-Marc"),
    ],
)
def test_names_are_offered_as_people_write_them(written: str, offered: str) -> None:
    assert tidied(written) == offered
    assert tidied(unicodedata.normalize("NFD", written)) == offered


@pytest.mark.parametrize(
    "name",
    [
        *("Dupont", "de Gaulle", "DuPont", "McDonald", "d’Ormesson", "DUPONT épouse Martin"),
        *("JP", "J.-P.", "A", "É", "", "-", "D'", "王小明", "42"),
    ],
)
def test_other_names_are_never_changed(name: str) -> None:
    assert tidied(name) == name


@given(NAMES)
def test_only_capitals_and_apostrophes_change(name: str) -> None:
    offered = tidied(name)
    assert plain(offered) == plain(name)
    assert tidied(offered) == offered
    if any(map(str.isupper, name)) and any(map(str.islower, name)):
        assert offered == name
