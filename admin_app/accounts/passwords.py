"""Passwords: what the CNIL asks of them, and how they are kept.

Délibération CNIL n° 2022-100 du 21 juillet 2022, recommandation relative aux mots de passe: a
password alone needs 80 bits of guessing resistance, of which it gives three examples, all taken
here: 12 characters of the four kinds, 14 characters of three kinds, or a phrase of 7 words. No
periodic renewal is asked for.
"""

import re
import unicodedata
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# The hash of a password that nobody has: verified when the account does not exist, so that the
# answer takes as long. A test holds it to the parameters above.
NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "qDCzCrmVj2XCfMXImKdCmw$9bl0hOrdDzDloxs8jQq0oqTjsi+E5BPTlN1jp58e/MI"
)
LONGEST = 200
SENTENCE = (
    "12 caractères au moins, avec majuscule, minuscule, chiffre et signe (comme ! ou ?) ; "
    "ou 14 caractères avec trois de ces quatre sortes ; ou une phrase d’au moins 7 mots différents."
)
_COMMON = frozenset(
    (Path(__file__).parent / "common_passwords.txt").read_text(encoding="ascii").split()
)
_LEET = str.maketrans("013457@$!€", "oleastasie")


def hash_password(password: str) -> str:
    """The argon2id hash that is kept; the password itself never is."""
    return HASHER.hash(password)


def is_right(password: str, kept: str) -> bool:
    """Whether the password is the one that was hashed. Takes as long when there is no account.

    Args:
        kept: the stored hash; empty when there is no account or it has no password yet.
    """
    try:
        HASHER.verify(kept or NOBODYS_HASH, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with older parameters than today's."""
    return HASHER.check_needs_rehash(kept)


def weakness(password: str, *, email: str = "", name: str = "") -> str:
    """Why this password is refused, in French; empty when it will do.

    Args:
        email, name: the person's, which the password must not contain.
    """
    if len(password) > LONGEST:
        return f"{LONGEST} caractères au plus."
    if not _is_long_enough(password):
        return _what_is_missing(password)
    plain = _plain(password)
    if any(word in plain for word in _own_words(email, name)):
        return "Il ne doit contenir ni votre nom ni votre adresse e-mail."
    if _is_common(password):
        return "Il ressemble à un mot de passe très courant, que l’on essaie en premier."
    return ""


def _is_long_enough(password: str) -> bool:
    kinds = len(_kinds(password))
    phrase = len(set(_words(password))) >= 7
    return phrase or (len(password) >= 14 and kinds >= 3) or (len(password) >= 12 and kinds == 4)


def _kinds(password: str) -> set[str]:
    found = set()
    for letter in password:
        if letter.islower():
            found.add("une minuscule")
        elif letter.isupper():
            found.add("une majuscule")
        elif letter.isdigit():
            found.add("un chiffre")
        elif not letter.isspace():
            found.add("un signe")
    return found


def _words(password: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", password.lower())


def _what_is_missing(password: str) -> str:
    all_kinds = ("une majuscule", "une minuscule", "un chiffre", "un signe")
    missing = [kind for kind in all_kinds if kind not in _kinds(password)]
    if len(password) < 12:
        return f"Trop court : {len(password)} caractères. Il faut {SENTENCE}"
    lacking = " et ".join(missing)
    return f"Trop facile à deviner : ajoutez {lacking}, ou allongez-le. Il faut {SENTENCE}"


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in bare if letter.isalnum())


def _own_words(email: str, name: str) -> set[str]:
    local = email.partition("@")[0]
    parts = [local, *re.split(r"[.\-_+]", local), *re.split(r"[\s\-’']", name), name]
    return {plain for part in parts if len(plain := _plain(part)) >= 4}


def _is_common(password: str) -> bool:
    if len(set(password.lower())) < 6:
        return True
    letters = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", password.lower())
        if not unicodedata.combining(letter)
    )
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", letters)
    cores = {re.sub(r"[\W\d_]+", "", text) for text in (bare, bare.translate(_LEET))}
    return bool(cores & _COMMON) or any(_is_repeated(core) for core in cores)


def _is_repeated(core: str) -> bool:
    """« abcabcabc », « aaaa »: one short piece said again."""
    return any(
        len(core) > size and core == (core[:size] * len(core))[: len(core)] for size in range(1, 6)
    )
