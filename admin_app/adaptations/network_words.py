"""The words of the network of partners for disability."""

KINDS = {
    "agefiph": "Agefiph",
    "rhf": "Ressource Handicap Formation",
    "cap-emploi": "Cap emploi",
    "mdph": "MDPH",
    "fiphfp": "FIPHFP",
    "other": "autre partenaire",
}
HOW = {
    "phone": "par téléphone",
    "mail": "par écrit",
    "meeting": "en rendez-vous",
    "event": "lors d’une rencontre professionnelle",
}
TOPICS = {
    "services": "ce que ce partenaire peut faire, et comment le solliciter",
    "support": "un appui pour aménager une formation",
    "funding": "des aides et des financements",
    "awareness": "une sensibilisation ou une formation de l’équipe",
    "premises": "l’accessibilité des lieux ou des supports",
    "orientation": "une orientation vers une autre formation",
    "other": "autre chose",
}
EVENTS = {
    "contacts": "Contacts pris",
    "verifications": "Vérifications de la liste",
    "formations": "Formations du référent",
}
