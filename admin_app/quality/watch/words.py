"""The words of the watch."""

TOPICS = {
    "legal": "veille légale et réglementaire",
    "trades": "veille métiers, compétences et emplois",
    "teaching": "veille pédagogique et technologique",
}
SHORT_TOPICS = {
    "legal": "légale",
    "trades": "métiers et compétences",
    "teaching": "pédagogie et technologie",
}
ABOUT = {
    "legal": "Lois, décrets, référentiel, obligations des organismes et des financeurs.",
    "trades": "Évolution des métiers visés par vos formations, compétences demandées, emplois.",
    "teaching": "Méthodes, outils, accessibilité, formation à distance.",
}
STATES = {
    "to-analyse": "à analyser",
    "analysed": "analysée",
    "shared": "diffusée",
    "dropped": "sans suite",
}
STATE_LOOKS = {
    "to-analyse": "warn",
    "analysed": "info",
    "shared": "ok",
    "dropped": "neutral",
}
HOW = {
    "meeting": "en réunion",
    "spoken": "de vive voix",
    "posted": "par affichage ou sur l’espace commun",
    "other": "autrement",
}
HOW_TOLD = {"mail": "par message", **HOW}
