"""The words of the register of reports. None of them tells what happened to anybody."""

CATEGORIES = {
    "violence": "violence physique ou verbale",
    "sexual-violence": "violence sexiste ou sexuelle",
    "harassment": "harcèlement moral",
    "sexual-harassment": "harcèlement sexuel",
    "discrimination": "discrimination",
    "other": "autre, ou je ne sais pas",
}
AUTHORS = {
    "trainee": "stagiaire",
    "trainer": "personne qui anime",
    "client": "client ou employeur",
    "staff": "membre de l’équipe",
    "other": "autre personne",
    "unknown": "non précisé",
}
CHANNELS = {
    "link": "lien personnel",
    "trainer": "espace de formateur",
    "public": "page publique",
    "spoken": "de vive voix",
    "written": "par écrit",
}
# those that a named person enters for somebody else
ENTERED = ("spoken", "written")

SANCTION = "sanction"
ACTIONS = {
    "heard": "personne entendue",
    "protected": "mesure de protection",
    "others-heard": "autres personnes entendues",
    "employer": "employeur ou établissement prévenu",
    "helped": "orientation vers une aide extérieure",
    "authority": "autorité ou procureur saisi",
    SANCTION: "sanction du règlement intérieur",
    "contract": "mesure du contrat ou du droit du travail",
    "informed": "auteur du signalement informé des suites",
    "followed": "reprise de contact",
}
OUTCOMES = {
    "measures": "des mesures ont été prises",
    "transferred": "transmis à une autorité",
    "not-established": "faits non établis",
    "withdrawn": "retiré à la demande de la personne",
    "other": "autre suite",
}
REASONS = {
    "handle": "traiter le signalement",
    "hear": "préparer un entretien",
    "close": "relire avant de clore",
    "authority": "répondre à une autorité",
    "rights": "répondre à une demande de la personne",
    "erase": "préparer l’effacement",
}
ERASURES = {
    "person": "demande de la personne (RGPD, article 17)",
    "kept": "durée de conservation passée",
    "authority": "décision d’une autorité",
    "mistake": "enregistré par erreur",
}
STATES = {"open": "en cours", "closed": "clos", "all": "tous"}
