"""The words of a programme: its rubrics as people read them, and the choices of its lists."""

from compliance.vocabulary import Modality, RecognitionKind

MODALITIES = {one.value: one.label for one in Modality}
RECOGNITIONS = {one.value: one.label for one in RecognitionKind}
PRICE_BASES = {"group": "pour le groupe", "trainee": "par stagiaire"}

# field of a version -> its name on every page, in reading order
RUBRICS = {
    "title": "Intitulé",
    "summary": "En bref",
    "audience": "Public concerné",
    "prerequisites": "Prérequis",
    "objectives": "Objectifs",
    "contents": "Contenu",
    "duration_minutes": "Durée",
    "days": "Nombre de jours",
    "modality": "Modalité",
    "methods": "Méthodes pédagogiques",
    "means": "Moyens",
    "assessment": "Évaluation des acquis",
    "monitoring": "Suivi de l’exécution",
    "recognition": "Type de reconnaissance",
    "recognition_details": "Précisions sur la reconnaissance",
    "price": "Tarif",
    "price_basis": "Base du tarif",
    "price_details": "Précisions sur le tarif",
    "financing": "Modalités de financement",
    "access_delay": "Délai d’accès",
    "access_terms": "Modalités d’accès",
    "accessibility": "Accessibilité aux personnes handicapées",
    "contact": "Contact",
    "required_skills": "Compétences attendues des formateurs",
    "trainers": "Formateurs",
}
