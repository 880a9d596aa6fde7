"""Objectives that can be assessed: those whose verb nobody can see done are pointed out.

A remark, never a refusal: the référentiel asks for objectives that are « opérationnels et
évaluables »; the list of verbs is ours.
"""

import re
from dataclasses import dataclass

_INNER = (
    "ce qui se passe dans la tête ne se voit pas : dites ce que la personne saura faire "
    "(expliquer, situer, comparer, choisir…)."
)
_KNOWING = "un savoir se vérifie par ce qu’on en fait : citer, décrire, appliquer, rédiger…"
_FEELING = "un ressenti ne s’évalue pas : dites ce que la personne fera de différent."
_MEETING = "cela décrit l’activité, pas ce qui reste acquis : dites ce que la personne saura faire."
_VAGUE = "à quoi le verra-t-on ? Nommez la production ou le geste attendu."

# opening words, without accents -> why they cannot be observed
_OPENINGS = {
    "comprendre": _INNER,
    "apprehender": _INNER,
    "saisir les enjeux": _INNER,
    "percevoir": _INNER,
    "assimiler": _INNER,
    "integrer": _INNER,
    "s'approprier": _INNER,
    "prendre conscience": _INNER,
    "prendre la mesure": _INNER,
    "reflechir": _INNER,
    "s'interroger": _INNER,
    "savoir": _KNOWING,
    "connaitre": _KNOWING,
    "mieux connaitre": _KNOWING,
    "mieux comprendre": _INNER,
    "avoir connaissance": _KNOWING,
    "acquerir": _KNOWING,
    "se sentir": _FEELING,
    "etre a l'aise": _FEELING,
    "etre sensibilise": _FEELING,
    "prendre confiance": _FEELING,
    "gagner en confiance": _FEELING,
    "croire": _FEELING,
    "apprecier": _FEELING,
    "decouvrir": _MEETING,
    "s'initier": _MEETING,
    "se familiariser": _MEETING,
    "se sensibiliser": _MEETING,
    "aborder": _MEETING,
    "faire communaute": _VAGUE,
    "etre conscient": _INNER,
    "maitriser": _VAGUE,
    "optimiser": _VAGUE,
    "developper ses competences": _VAGUE,
    "renforcer ses competences": _VAGUE,
}
_LEAD = re.compile(
    r"^(?:\d+\s*[.)°-]\s*|[-–—•*]\s*)?"
    r"(?:(?:a l'issue|a la fin)[^,]*,\s*)?"
    r"(?:(?:le|la|les)\s+(?:stagiaires?|participants?|participantes?)\s+(?:sera|seront)\s+)?"
    r"(?:etre\s+)?(?:capables?\s+(?:de\s+|d'))?"
)
_ACCENTS = str.maketrans("àâäéèêëîïôöùûüç’ʼ", "aaaeeeeiioouuuc''")


@dataclass(frozen=True, slots=True)
class Doubt:
    """An objective that looks hard to assess. `rank` counts from one."""

    rank: int
    objective: str
    words: str
    why: str


def doubtful(objectives: tuple[str, ...]) -> tuple[Doubt, ...]:
    """The objectives that open with words which nobody can observe, each with the reason."""
    return tuple(
        Doubt(rank, objective, words, _OPENINGS[words])
        for rank, objective in enumerate(objectives, start=1)
        if (words := _opening(objective))
    )


def _opening(objective: str) -> str:
    plain = re.sub(r"\s+", " ", objective.strip().lower().translate(_ACCENTS))
    candidates = (plain, plain[match.end() :] if (match := _LEAD.match(plain)) else plain)
    found = [
        words
        for words in _OPENINGS
        for text in candidates
        if re.match(rf"{re.escape(words)}(?:e?s?)\b", text)
    ]
    return max(found, key=len, default="")
