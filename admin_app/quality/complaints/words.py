"""The words of complaints and incidents."""

KINDS = {"complaint": "réclamation", "incident": "aléa"}

TOPICS = {
    "information": "information avant l’inscription",
    "welcome": "accueil et organisation",
    "content": "contenu et pédagogie",
    "trainer": "animation",
    "premises": "lieu, matériel, connexion",
    "assessment": "évaluation, attestation",
    "accessibility": "accessibilité, aménagement",
    "administration": "convention, facture, prix",
    "other": "autre sujet",
}

CHANNELS = {
    "form": "formulaire en ligne",
    "mail": "e-mail",
    "phone": "téléphone",
    "spoken": "de vive voix",
    "letter": "courrier",
    "survey": "questionnaire",
}

AUTHORS = {
    "trainee": "stagiaire",
    "client": "client",
    "trainer": "formateur ou formatrice",
    "funder": "financeur",
    "staff": "équipe",
    "other": "autre personne",
}
FROM = {
    "trainee": "d’un ou d’une stagiaire",
    "client": "d’un client",
    "trainer": "d’une personne qui anime",
    "funder": "d’un financeur",
    "staff": "de l’équipe",
    "other": "d’une autre personne",
}

DIRECTIONS = {"in": "reçu", "out": "envoyé", "inside": "entre nous"}
HOW = {"mail": "par message", "noted": "noté"}
SATISFIED = {
    "yes": "oui",
    "partly": "en partie",
    "no": "non",
    "unknown": "ne s’est pas prononcée",
}
STATES = {
    "to-acknowledge": "à accuser réception",
    "to-answer": "à répondre",
    "to-solve": "à résoudre",
    "to-close": "à clore",
    "closed": "close",
}
