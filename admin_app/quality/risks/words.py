"""The words of risks. The scale is ours: the text imposes none."""

DOMAINS = {
    "information": "information du public, inscription",
    "design": "analyse du besoin, conception",
    "welcome": "accueil, convocation, organisation",
    "delivery": "animation, suivi, adaptation",
    "engagement": "absences, abandons, prévention des violences",
    "assessment": "évaluation, certificats",
    "means": "lieux, matériel, outils à distance",
    "staff": "formateurs, équipe, sous-traitance",
    "quality": "veille, appréciations, réclamations",
    "administration": "conventions, financement, obligations",
}
LIKELIHOODS = {
    1: "rare",
    2: "possible",
    3: "probable",
    4: "presque certain",
}
LIKELIHOOD_HINTS = {
    "1": "On ne l’a pas vu, et rien ne l’annonce.",
    "2": "Cela s’est vu ailleurs, ou une fois ici.",
    "3": "Cela s’est vu ici dans l’année.",
    "4": "Cela arrive régulièrement.",
}
IMPACTS = {
    1: "gêne",
    2: "baisse de qualité",
    3: "objectifs non atteints",
    4: "formation compromise",
}
IMPACT_HINTS = {
    "1": "Une gêne passagère, rattrapée sur place.",
    "2": "La formation a lieu, moins bien que prévu.",
    "3": "Des stagiaires n’atteignent pas un objectif.",
    "4": "La formation s’arrête, ou des personnes sont mises en danger.",
}
SCALE_SENTENCE = (
    "Le texte demande une analyse des risques et n’impose ni échelle ni seuil : "
    "celle-ci, de 1 à 4, est la nôtre."
)
FACT_KINDS = {
    "complaint": "réclamation",
    "incident": "aléa",
    "departure": "abandon ou départ",
    "survey": "questionnaire ou taux",
    "audit-finding": "constat d’audit",
    "watch": "veille",
    "improvement": "action d’amélioration",
    "idea": "observation de l’équipe",
}


def rating_words(likelihood: int, impact: int) -> str:
    """« probable, baisse de qualité »."""
    return f"{LIKELIHOODS[likelihood]}, {IMPACTS[impact]}"
