"""The words of what the organisation looks at again: its places, what it publishes."""

LOOKS = {"good": "convient", "lacking": "à améliorer"}

MEDIA = {
    "site": "le site",
    "catalogue": "le catalogue et les programmes",
    "brochures": "les brochures et les affiches",
    "networks": "les réseaux sociaux",
    "adverts": "les annonces et les messages commerciaux",
    "listings": "les fiches publiées ailleurs (Mon compte formation, annuaires)",
}
POINTS = {
    "access": "Accès : prérequis, délais, accessibilité",
    "content": "Contenu, objectifs, durée, résultat annoncé",
    "means": "Modalités : lieux, distance, méthodes, évaluation",
    "price": "Tarifs, modalités de financement, aucune gratuité trompeuse",
    "further": "Poursuite d’études, débouchés, reconnaissance de la formation",
    "mark": "Marque Qualiopi, logo et catégorie d’actions, déclaration d’activité",
    "results": "Résultats publiés : chiffres, période, effectifs",
    "contact": "Contacts, référent handicap, dates à jour",
}
FINDINGS = {
    "right": "exact",
    "corrected": "corrigé",
    "to-correct": "à corriger",
    "absent": "sans objet",
}
