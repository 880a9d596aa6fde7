"""The words of improvements."""

KINDS = {
    "corrective": "action corrective",
    "preventive": "action préventive",
    "improvement": "action d’amélioration",
}
KIND_HINTS = {
    "corrective": "Quelque chose s’est mal passé : on traite la cause.",
    "preventive": "Rien n’est encore arrivé : on évite que cela arrive.",
    "improvement": "Cela va, et peut aller mieux.",
}
STATES = {
    "to-do": "à mener",
    "to-check": "effet à vérifier",
    "to-close": "à clore",
    "closed": "close",
    "cancelled": "abandonnée",
}
STATE_LOOKS = {
    "to-do": "info",
    "to-check": "warn",
    "to-close": "info",
    "closed": "ok",
    "cancelled": "neutral",
}
EFFECTIVE = {"yes": "oui, l’effet est là", "no": "non, pas ou pas assez"}
REVIEWS = {
    "improvement-review": "revue de l’amélioration continue",
    "feedback-analysis": "analyse des appréciations",
}
REVIEW_ADDRESSES = {"amelioration": "improvement-review", "appreciations": "feedback-analysis"}
ADDRESS_OF = {kind: address for address, kind in REVIEW_ADDRESSES.items()}
