"""The référentiel national qualité: editions by date of audit, applicability, concordance."""

from compliance.referentiel.applicability import Applicability, NotApplicable, applicable
from compliance.referentiel.challenges import Challenge, Observed, challenges
from compliance.referentiel.entrants import is_new_entrant, new_entrant_categories
from compliance.referentiel.loader import load, load_from
from compliance.referentiel.model import (
    Awaited,
    Change,
    Criterion,
    Edition,
    Indicator,
    Missions,
    Note,
    Reading,
    ReadingRule,
    Referentiel,
    Statement,
    Step,
)

__all__ = [
    "Applicability",
    "Awaited",
    "Challenge",
    "Change",
    "Criterion",
    "Edition",
    "Indicator",
    "Missions",
    "NotApplicable",
    "Note",
    "Observed",
    "Reading",
    "ReadingRule",
    "Referentiel",
    "Statement",
    "Step",
    "applicable",
    "challenges",
    "is_new_entrant",
    "load",
    "load_from",
    "new_entrant_categories",
]
