"""The words of people's rows: statuses of trainers, kinds of clients, what keeps skills up."""

TRAINER_STATUSES = {
    "employee": "personne salariée",
    "subcontractor": "indépendant, en sous-traitance",
    "umbrella": "en portage salarial",
    "volunteer": "bénévole",
    "manager": "dirigeant",
}
CLIENT_KINDS = {
    "company": "entreprise",
    "public-body": "administration ou collectivité",
    "association": "association",
    "individual": "particulier, à ses propres frais",
    "funder": "financeur (OPCO, France Travail, Région…)",
}
FUNDER = "funder"
ASKED_HOW = {
    "mail": "par e-mail",
    "phone": "par téléphone",
    "meeting": "en réunion ou en visite",
    "webinar": "webinaire ou questionnaire du financeur",
}
FUNDER_OUTCOMES = {
    "asked": "demandée ou relancée",
    "obtained": "recueillie",
    "tried": "sans réponse malgré relance",
}
DIPLOMA_KINDS = {
    "diploma": "diplôme ou titre",
    "certification": "certification",
    "authorisation": "habilitation",
}
DEVELOPMENT_KINDS = {
    "training": "formation suivie",
    "watch": "veille du métier",
    "peers": "pratique entre pairs",
    "work": "expérience de terrain",
}
REVIEW_MATERIALS = {
    "trainees": "avis des stagiaires",
    "clients": "appréciations des clients",
    "assessments": "résultats des évaluations des acquis",
    "complaints": "réclamations et aléas",
    "observed": "séance observée",
    "materials": "supports et ressources",
    "file": "fiche : CV, diplômes, compétences",
}
