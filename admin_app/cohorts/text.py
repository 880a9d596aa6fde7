"""Comparing words as people do: without accents, case nor punctuation."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """« Réseau  CTG, n° 3 » -> « reseau ctg n 3 »."""
    folded = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    bare = unicodedata.normalize("NFKD", folded).casefold()
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return _NOT_WORD.sub(" ", bare).strip()
