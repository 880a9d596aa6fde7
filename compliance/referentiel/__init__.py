"""The référentiel national qualité: editions by date of audit, applicability, concordance."""

from compliance.referentiel.applicability import Applicability, NotApplicable, applicable
from compliance.referentiel.loader import load, load_from
from compliance.referentiel.model import (
    Awaited,
    Change,
    Criterion,
    Edition,
    Indicator,
    Reading,
    ReadingRule,
    Referentiel,
    Statement,
    Step,
)

__all__ = [
    "Applicability",
    "Awaited",
    "Change",
    "Criterion",
    "Edition",
    "Indicator",
    "NotApplicable",
    "Reading",
    "ReadingRule",
    "Referentiel",
    "Statement",
    "Step",
    "applicable",
    "load",
    "load_from",
]
