"""The words of people's rows: statuses of trainers, kinds of clients."""

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
}
