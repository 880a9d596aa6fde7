"""Names in capitals, as people write them: « DUPONT-AIGNAN » is offered as « Dupont-Aignan ».

What has capitals and small letters is left as it is: whoever typed it knew. Accents that capitals
lost cannot be guessed.
"""

import re
import unicodedata

# within a name; at its beginning « De Sousa », « Du Bois », « Van der Meer » keep their capital
SMALL = frozenset(
    {
        *("d", "da", "das", "de", "del", "der", "den", "des", "di", "do", "dos", "du"),
        *("e", "et", "y", "von", "van", "zu", "sur", "sous", "lès", "lez", "en", "aux"),
        *("épouse", "epouse", "née", "nee", "veuve", "dit", "dite"),
    }
)
AFTER_DE = frozenset({"la", "le", "les", "las", "los", "l"})  # « Dupin de la Tour »
NUMERALS = frozenset({"II", "III", "IV"})
VOWELS = frozenset("AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜ")
WITHOUT_VOWEL = frozenset({"NG"})
_PARTS = re.compile(r"([^\W\d_]+)|(['’]+)|([^'’]+?)(?=[^\W\d_]|['’]|$)")
_MC = re.compile(r"MC([A-Z]{3,})")


def tidied(name: str) -> str:
    """The name with the capitals that people give it; the same when there is nothing to offer.

    « LE GOFF » gives « Le Goff », « D'ALMEIDA » « D’Almeida », « JEAN-MARC » « Jean-Marc »,
    « VAN DER MEER » « Van der Meer »; « dupont » gives « Dupont »; « DuPont » stays.
    """
    whole = unicodedata.normalize("NFC", name)  # Macs write « é » as two signs
    letters = [one for one in whole if one.isalpha()]
    is_capitals = all(not one.islower() for one in letters)
    if len(letters) < 2 or not (is_capitals or all(not one.isupper() for one in letters)):
        return name
    return name if _is_initials(whole) else _written(whole)


def _is_initials(name: str) -> bool:
    """« JP », « J.-P. »: letters that stand for names."""
    words = re.findall(r"[^\W\d_]+", name)
    if all(len(word) == 1 for word in words):
        return True
    is_pair = len(words) == 1 and len(words[0]) == 2 and name.isupper()
    return is_pair and name not in WITHOUT_VOWEL and VOWELS.isdisjoint(name)


def _written(name: str) -> str:
    found, before = [], ""
    for word, apostrophe, other in _PARTS.findall(name):
        if word:
            found.append(_word(word, before, is_first=not before))
            before = word.lower()
        else:
            found.append("’" if apostrophe else other)
    return "".join(found)


def _word(word: str, before: str, *, is_first: bool) -> str:
    small = word.lower()
    if word in NUMERALS and not is_first:
        return word
    if not is_first and (small in SMALL or (small in AFTER_DE and before in {"de", "d"})):
        return small
    mc = _MC.fullmatch(word)
    return f"Mc{mc.group(1).capitalize()}" if mc else word.capitalize()
