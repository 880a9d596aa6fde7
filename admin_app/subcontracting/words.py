"""The words of subcontracting."""

KINDS = {"subcontractor": "sous-traitant", "umbrella": "société de portage salarial"}
PROOFS = {
    "nda": "déclaration d’activité",
    "insurance": "assurance de responsabilité",
    "vigilance": "attestation de vigilance",
    "qualiopi": "certificat Qualiopi",
}
ASKED = ("nda", "insurance", "vigilance")
STATES = {"found": "écrite", "missing": "absente", "beside": "sans objet"}
VERDICTS = {
    "keep": "on continue",
    "improve": "on continue, avec une suite",
    "stop": "on arrête",
}
YEARLY = 365
# what may be set aside: its word in the address, and its name
CONTRACT, CHECK, PROOF, EVALUATION = "contrat", "clauses", "justificatif", "evaluation"
NAMES = {
    CONTRACT: "le contrat",
    CHECK: "la vérification des clauses",
    PROOF: "ce justificatif",
    EVALUATION: "l’évaluation",
}
