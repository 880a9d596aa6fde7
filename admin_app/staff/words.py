"""The words of the team."""

ROLES = {
    "direction": "direction",
    "administration": "gestion administrative",
    "quality": "responsable qualité",
    "disability": "référent handicap",
    "teaching": "référent pédagogique",
    "digital": "référent numérique",
    "safeguarding": "contact violences, harcèlement et discriminations",
    "training": "formateur ou formatrice",
    "other": "autre rôle",
}
YEARLY = 365
TWO_YEARS = 730
# what may be set aside: its word in the address, and the words of its page
MEETING, PLAN = "reunion", "plan"
APPROVAL, REVIEW, DEVELOPMENT = "organigramme", "entretien", "developpement"
NAMES = {
    MEETING: "la réunion",
    PLAN: "le plan de développement",
    APPROVAL: "l’organigramme approuvé",
    REVIEW: "l’entretien",
    DEVELOPMENT: "ce développement",
}
