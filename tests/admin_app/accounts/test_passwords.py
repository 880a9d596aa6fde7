"""What the CNIL asks of a password, and how it is kept."""

import pytest
from argon2 import extract_parameters

from admin_app.accounts import passwords


@pytest.mark.parametrize(
    "password",
    [
        "Jardin!2027ab",  # 13, four kinds
        "jardin-bleu-2027",  # 16, three kinds
        "sept chevaux verts boivent du lait tiède",  # seven words, two kinds
        "Éléphant-Mauve42",
    ],
)
def test_a_strong_password_is_taken(password: str) -> None:
    assert passwords.weakness(password) == ""


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "Trop court"),
        ("Abc!2027", "8 caractères"),
        ("jardinbleuverts", "une majuscule et un chiffre et un signe"),
        ("jardin bleu 27", ""),
        ("le le le le le le le", "Trop facile"),
        ("Azertyuiop123!", "très courant"),
        ("M0tdepasse2026!", "très courant"),
        ("Formation2026!", "très courant"),
        ("Abcabcabcabc1!", "très courant"),
        ("a" * 201, "200 caractères au plus"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, why: str) -> None:
    if password == "jardin bleu 27":  # 14 characters, but two kinds and three words
        why = "Trop facile"
    assert why in passwords.weakness(password)
    assert passwords.weakness(password)


@pytest.mark.parametrize("password", ["Marchand!2027x", "Helene.M4rchand!!", "contact.Bureau42"])
def test_neither_the_name_nor_the_address(password: str) -> None:
    said = passwords.weakness(password, email="contact@atelier.example.org", name="Hélène Marchand")
    assert "votre nom" in said


def test_nobodys_hash_costs_as_much_as_a_real_one() -> None:
    real = extract_parameters(passwords.hash_password("Jardin!2027ab"))
    assert extract_parameters(passwords.NOBODYS_HASH) == real
    assert not passwords.is_outdated(passwords.NOBODYS_HASH)


def test_no_password_opens_an_account_without_one() -> None:
    assert not passwords.is_right("", "")
    assert not passwords.is_right("Jardin!2027ab", "")
    assert not passwords.is_right("Jardin!2027ab", "damaged")


def test_the_hash_is_checked() -> None:
    kept = passwords.hash_password("Jardin!2027ab")
    assert passwords.is_right("Jardin!2027ab", kept)
    assert not passwords.is_right("jardin!2027ab", kept)
