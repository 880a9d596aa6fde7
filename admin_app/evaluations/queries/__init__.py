"""Reading evaluations."""

from admin_app.evaluations.queries.assessments import (
    Assessed,
    assessed,
    assessment_of,
    objectives_of,
    results_of,
)
from admin_app.evaluations.queries.respondents import Respondent, respondents, survey, survey_of
from admin_app.evaluations.queries.results import KindResults, results

__all__ = [
    "Assessed",
    "KindResults",
    "Respondent",
    "assessed",
    "assessment_of",
    "objectives_of",
    "respondents",
    "results",
    "results_of",
    "survey",
    "survey_of",
]
